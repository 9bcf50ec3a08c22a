package import ProbeSettings

/// Which series: a metric's name, `*` at its end for all that begin so, and labels with the values they must have:
/// `node_load1`, `windows_service_*`, `pg_up{server="a"}`.
package struct Selector: Hashable, Sendable {
    package var name: String
    package var isPrefix: Bool
    package var labels: [String: String]
    /// As it was written.
    package var text: String

    package init(_ text: String, key: String) throws(SettingsError) {
        self.text = text
        let head = text.prefix { $0 != "{" }
        isPrefix = head.hasSuffix("*")
        name = String(isPrefix ? head.dropLast() : head)
        labels = [:]
        guard name.utf8.allSatisfy(Self.isName), isPrefix || !name.isEmpty else {
            throw SettingsError(key: key, problem: "\"\(text)\" names no metric")
        }
        var rest = text.dropFirst(head.count)
        guard !rest.isEmpty else { return }
        guard rest.hasSuffix("}") else { throw SettingsError(key: key, problem: "\"\(text)\" lacks its }") }
        rest = rest.dropFirst().dropLast()
        while !rest.isEmpty {
            let label = rest.prefix { $0 != "=" }
            rest = rest.dropFirst(label.count)
            guard !label.isEmpty, label.utf8.allSatisfy(Self.isName), rest.hasPrefix("=\"") else {
                throw SettingsError(key: key, problem: "\"\(text)\": labels are written as in {server=\"a\",db=\"b\"}")
            }
            rest = rest.dropFirst(2)
            let value = rest.prefix { $0 != "\"" }
            labels[String(label)] = String(value)
            rest = rest.dropFirst(value.count)
            guard rest.hasPrefix("\"") else {
                throw SettingsError(key: key, problem: "\"\(text)\": a label's value ends with \"")
            }
            rest = rest.dropFirst()
            guard rest.isEmpty || rest.hasPrefix(",") else {
                throw SettingsError(key: key, problem: "\"\(text)\": a comma stands between labels")
            }
            rest = rest.dropFirst()
        }
    }

    package func covers(_ name: String, _ labels: [String: String]) -> Bool {
        (isPrefix ? name.hasPrefix(self.name) : name == self.name)
            && self.labels.allSatisfy { labels[$0.key] == $0.value }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
