import Yams

/// The keys of one YAML mapping: handed out once each, so that those nobody asked for can be refused by line.
struct Fields {
    let file: String
    let line: Int
    private var nodes: [String: (line: Int, value: Node)] = [:]
    private var known: [String] = []
    private(set) var errors: [ResourceError] = []
    /// The lines on which other resources are named.
    private(set) var references: [Reference: Int] = [:]

    init?(_ node: Node, file: String) {
        guard let mapping = node.mapping else { return nil }
        self.file = file
        line = node.mark?.line ?? 0
        for (key, value) in mapping {
            let line = key.mark?.line ?? 0
            guard let name = key.string else {
                errors.append(ResourceError(file: file, line: line, problem: "a key must be a text"))
                continue
            }
            if nodes.updateValue((line, value), forKey: name) != nil {
                errors.append(ResourceError(file: file, line: line, problem: "\(name) stands here twice"))
            }
        }
    }

    mutating func fail(_ problem: String, at line: Int? = nil) {
        errors.append(ResourceError(file: file, line: line ?? self.line, problem: problem))
    }

    /// Where a key stands; the mapping's own line when it is absent. Ask before taking it.
    func line(of key: String) -> Int {
        nodes[key]?.line ?? line
    }

    /// Keys that begin so and go on, in order; none of them is taken by that.
    mutating func keys(under prefix: String) -> [String] {
        known.append("\(prefix)NAME")
        return nodes.keys.filter { $0.hasPrefix(prefix) && $0.count > prefix.count }.sorted()
    }

    func has(_ key: String) -> Bool { nodes[key] != nil }

    mutating func take(_ key: String) -> (line: Int, value: Node)? {
        known.append(key)
        return nodes.removeValue(forKey: key)
    }

    /// A text; `fallback` when the key is absent, an error when it is no text.
    mutating func text(_ key: String, default fallback: String? = nil) -> String {
        guard let (line, value) = take(key) else {
            if fallback == nil { fail("\(key) is missing") }
            return fallback ?? ""
        }
        guard let text = value.scalarText else {
            fail("\(key) takes one value", at: line)
            return fallback ?? ""
        }
        return text
    }

    /// A text that may be absent; an empty one is an error.
    mutating func textIfAny(_ key: String) -> String? {
        guard has(key) else {
            known.append(key)
            return nil
        }
        let line = line(of: key)
        let text = text(key, default: "")
        if text.isEmpty { fail("\(key) is empty", at: line) }
        return text.isEmpty ? nil : text
    }

    /// On which line of the file a line of a text stands, as far as that can be told: where a text is written as a
    /// block, its lines are the file's. Ask before taking it.
    func line(_ inner: Int, of key: String) -> Int {
        guard let (line, value) = nodes[key] else { return self.line }
        return value.scalar?.style == .literal ? line + inner : line
    }

    /// The name of another resource, empty when the key is absent.
    mutating func reference(_ key: String, to kind: Resource.Kind) -> String {
        guard let (line, value) = take(key) else { return "" }
        guard let name = value.scalarText else {
            fail("\(key) takes one name", at: line)
            return ""
        }
        if !name.isEmpty { references[Reference(kind, name, key: key)] = line }
        return name
    }

    /// Names of other resources, each once.
    mutating func references(_ key: String, to kind: Resource.Kind) -> [String] {
        var names: [String] = []
        for (line, name) in texts(key) {
            if references.updateValue(line, forKey: Reference(kind, name, key: key)) != nil {
                fail("\(key): \(name) stands here twice", at: line)
            } else {
                names.append(name)
            }
        }
        return names
    }

    /// Names of other resources, each once; of those that stand in one text with `|` between them one is enough.
    mutating func alternatives(_ key: String, to kind: Resource.Kind) -> [[String]] {
        var groups: [[String]] = []
        for (line, text) in texts(key) {
            let names = text.split(separator: "|", omittingEmptySubsequences: false).map(Self.trimmed)
            guard names.count == 1 || names.allSatisfy({ !$0.isEmpty }) else {
                fail("\(key): \"\(text)\" needs a name on each side of |", at: line)
                continue
            }
            for name in names where references.updateValue(line, forKey: Reference(kind, name, key: key)) != nil {
                fail("\(key): \(name) stands here twice", at: line)
            }
            groups.append(names)
        }
        return groups
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// One of some words.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, default fallback: Word
    ) -> Word where Word.RawValue == String {
        guard let (line, value) = take(key) else { return fallback }
        guard let word = value.string.flatMap(Word.init(rawValue:)) else {
            fail("\(key): \"\(value.string ?? "?")\" is none of: \(Self.all(Word.self))", at: line)
            return fallback
        }
        return word
    }

    /// A text or a list of texts.
    mutating func texts(_ key: String) -> [(line: Int, text: String)] {
        guard let (line, value) = take(key) else { return [] }
        guard let sequence = value.sequence else {
            guard let text = value.string else {
                fail("\(key) takes a list of texts", at: line)
                return []
            }
            return [(line, text)]
        }
        return sequence.compactMap { item in
            guard let text = item.string else {
                fail("\(key) takes a list of texts", at: item.mark?.line ?? line)
                return nil
            }
            return (item.mark?.line ?? line, text)
        }
    }

    /// A mapping inside this one.
    mutating func fields(_ key: String) -> Fields? {
        guard let (line, value) = take(key) else { return nil }
        guard let fields = Fields(value, file: file) else {
            fail("\(key) takes keys and values", at: line)
            return nil
        }
        return fields
    }

    /// The mappings of a list.
    mutating func list(_ key: String) -> [Fields] {
        guard let (line, value) = take(key) else { return [] }
        guard let sequence = value.sequence else {
            fail("\(key) takes a list", at: line)
            return []
        }
        return sequence.compactMap { item in
            guard let fields = Fields(item, file: file) else {
                fail("\(key) takes a list of keys and values", at: item.mark?.line ?? line)
                return nil
            }
            return fields
        }
    }

    /// Every key that was not taken yet, with its line and value.
    mutating func takeRest() -> [(key: String, line: Int, value: Node)] {
        defer { nodes = [:] }
        return nodes.map { ($0.key, $0.value.line, $0.value.value) }.sorted { $0.line < $1.line }
    }

    /// Adds what an inner mapping found.
    mutating func absorb(_ inner: Fields) {
        errors += inner.errors
        references.merge(inner.references) { own, _ in own }
    }

    /// Refuses every key that nobody asked for.
    mutating func finish() {
        for (key, found) in nodes.sorted(by: { $0.value.line < $1.value.line }) {
            fail("unknown key \"\(key)\"; known: \(known.sorted().joined(separator: ", "))", at: found.line)
        }
        nodes = [:]
    }

    static func all<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> String where Word.RawValue == String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension Node {
    /// The text of a scalar; a `~` or an absent value is an empty one.
    var scalarText: String? {
        guard let scalar else { return nil }
        return Resolver.default.resolveTag(of: self) == .null ? "" : scalar.string
    }
}
