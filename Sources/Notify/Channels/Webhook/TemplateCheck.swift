import Foundation

/// Whether a template does what it should, tried when it is written and not in the night it is needed.
package enum TemplateCheck {
    /// What is wrong with the text of a body; nil when nothing is. Tried with names that would break out of quotes.
    package static func fault(of text: String, form: BodyForm, samples: [TemplateValues]) -> BodyTemplate.Fault? {
        let template: BodyTemplate
        do {
            template = try BodyTemplate(text, form: form)
        } catch {
            return error
        }
        for values in samples {
            let body = template.rendered(values)
            if let name = values.unknown.first {
                return BodyTemplate.Fault(
                    line: line(of: name, in: text),
                    problem: "there is no value \"\(name)\"; known: \(values.names.joined(separator: ", "))")
            }
            guard form == .json else { continue }
            do {
                _ = try JSONSerialization.jsonObject(with: Data(body.utf8), options: .fragmentsAllowed)
            } catch {
                let words = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "\(error)"
                return BodyTemplate.Fault(line: 1, problem: "it gives no JSON for a sample: \(words)")
            }
        }
        return nil
    }

    private static func line(of name: String, in text: String) -> Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.firstIndex { $0.contains("{{") && $0.contains(name) } ?? 0) + 1
    }
}
