import Detection
import Storage

extension ResourceReader {
    func hours(_ fields: inout Fields) -> Hours {
        let name = name(&fields)
        let title = fields.text("title", default: name)
        var hours = Hours(name: name, title: title.isEmpty ? name : title, times: Timetable(rules: []))
        let (weekly, exceptions) = (fields.texts("weekly"), fields.texts("except"))
        for (line, text) in weekly {
            do throws(CalendarError) {
                let rule = try DayRule(text)
                if case .weekdays = rule.days {
                    hours.times.rules.append(rule)
                } else {
                    fields.fail("weekly: \"\(text)\" is of the month; hours go by days of the week", at: line)
                }
            } catch {
                fields.fail("weekly: \(error)", at: line)
            }
        }
        for (line, text) in exceptions {
            do throws(CalendarError) {
                for (day, windows) in try Hours.exception(text).sorted(by: { $0.key < $1.key })
                where hours.times.exceptions.updateValue(windows, forKey: day) != nil {
                    fields.fail("except: \(day) stands here twice", at: line)
                }
            } catch {
                fields.fail("except: \(error)", at: line)
            }
        }
        if weekly.isEmpty, exceptions.isEmpty { fields.fail("weekly is missing, e.g. mon-fri 07:00-17:00") }
        fields.finish()
        return hours
    }

    func maintenance(_ fields: inout Fields) -> Maintenance? {
        var draft = MaintenanceDraft(name: name(&fields))
        let keys = ["from", "until", "every", "sites", "classes"]
        let lines = Dictionary(keys.map { ($0, fields.line(of: $0)) }) { first, _ in first }
        draft.from = fields.text("from", default: "")
        draft.until = fields.text("until", default: "")
        draft.every = fields.texts("every").map(\.text)
        draft.sites = fields.references("sites", to: .site)
        draft.units = fields.references("units", to: .unit)
        draft.assets = fields.references("assets", to: .asset)
        draft.classes = fields.texts("classes").map(\.text)
        draft.reason = fields.text("reason", default: "")
        draft.who = fields.text("who", default: "")
        fields.finish()
        do throws(MaintenanceDraft.Fault) {
            return try draft.judged()
        } catch {
            fields.fail(error.description, at: lines[error.key])
            return nil
        }
    }
}
