import Courier
import Vocabulary

extension TemplateValues {
    /// Notifications that a template has to stand: everything set and nothing set, and names that would break out of
    /// quotes if nobody escaped them.
    package static var samples: [TemplateValues] {
        let hostile = "\"},{\\\"x\":\u{0}\n\t\u{301}}}{{id}}</b>&"
        let reason = Reason(hostile, step: hostile, expected: hostile, got: hostile)
        let full = Notification(
            id: 7, alert: 3, kind: .problem, asset: hostile, site: hostile,
            check: CheckName(asset: hostile, part: hostile), outcome: .down(reason),
            since: Instant(seconds: 1_700_000_000), resolved: nil, isRepeated: true, subject: hostile,
            text: hostile, repetition: hostile)
        var over = full
        over.kind = .recovery
        over.resolved = Instant(seconds: 1_700_000_300)
        var worse = full
        worse.kind = .worse
        var reminder = full
        reminder.kind = .reminder
        let bare = Notification(
            id: 8, alert: 4, kind: .test, asset: "a", site: "", check: nil, outcome: .up,
            since: Instant(seconds: 1_700_000_000), resolved: nil, isRepeated: false, subject: "s", text: "t")
        return [full, over, worse, reminder, bare].map { TemplateValues($0) }
    }
}
