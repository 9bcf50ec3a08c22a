import Mustache

/// A text that an operator wrote in Mustache, with every inserted value escaped for what the text becomes.
package struct BodyTemplate: Sendable {
    /// Why a text is no template; the line counts from 1, within the text.
    package struct Fault: Error, Hashable, Sendable {
        package var line: Int
        package var problem: String
    }

    private let template: MustacheTemplate

    package init(_ text: String, form: BodyForm) throws(Fault) {
        do {
            template = try MustacheTemplate(string: EscapedBody.pragma(form) + text)
        } catch let error as MustacheTemplate.ParserError {
            throw Fault(line: error.context.lineNumber, problem: "no Mustache template: \(error.error)")
        } catch {
            throw Fault(line: 1, problem: "no Mustache template: \(error)")
        }
    }

    /// Only these values are known to it; a name without one renders as nothing.
    package func rendered(_ values: TemplateValues) -> String {
        template.render(values)
    }
}
