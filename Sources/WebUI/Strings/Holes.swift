/// Words with holes: `{key}` takes a value; a part in square brackets is left out when a hole in it stays empty.
///
/// What was decided before a rule was written down with it has fewer values than what is decided now.
struct Holes {
    private let template: String

    init(_ template: String) {
        self.template = template
    }

    func filled(_ value: (String) -> String?) -> String {
        var text = ""
        var rest = template[...]
        while let mark = rest.firstIndex(where: { $0 == "{" || $0 == "[" }) {
            text += rest[..<mark]
            let isPart = rest[mark] == "["
            let inner = rest[mark...].dropFirst().prefix { $0 != (isPart ? "]" : "}") }
            rest = rest[inner.endIndex...].dropFirst()
            // A value is never read as a template itself.
            text += isPart ? Self.part(inner, value) ?? "" : value(String(inner)) ?? "…"
        }
        return text + rest
    }

    private static func part(_ template: Substring, _ value: (String) -> String?) -> String? {
        var isWhole = true
        let text = Holes(String(template)).filled { key in
            let found = value(key)
            isWhole = isWhole && found != nil
            return found
        }
        return isWhole ? text : nil
    }
}
