package import Patterns
package import ProbeSettings

/// What one value of a body of JSON must be.
package struct JSONExpectation: Hashable, Sendable, CustomStringConvertible {
    package enum Comparison: String, CaseIterable, Hashable, Sendable {
        case atMost = "<="
        case atLeast = ">="
        case unequal = "!="
        case less = "<"
        case more = ">"
    }

    package enum Condition: Hashable, Sendable {
        /// The text of a string, a number, `true`, `false` or `null`.
        case equals(String)
        case unequal(String)
        case holds(Pattern)
        case compares(Comparison, Double)
    }

    package var path: JSONPath
    package var condition: Condition
    package let description: String

    /// `ok`, `!= ok`, `>= 5`, `/^v2/`: a comparison, a regular expression between slashes, or the value itself.
    package init(path: String, value: String, key: String) throws(SettingsError) {
        guard let read = JSONPath(path) else {
            throw SettingsError(key: key, problem: "\"\(path)\" is no path such as status, data.items[0].name or [0]")
        }
        self.path = read
        let comparison = Comparison.allCases.first { value.hasPrefix($0.rawValue) }
        let operand = value.dropFirst(comparison?.rawValue.count ?? 0).drop { $0 == " " }
        description = comparison.map { "\(path) \($0.rawValue) \(operand)" } ?? "\(path): \(value)"
        switch comparison {
        case .unequal: condition = .unequal(String(operand))
        case let comparison?:
            guard let number = Double(operand), number.isFinite else {
                throw SettingsError(key: key, problem: "\"\(operand)\" is no number to compare with")
            }
            condition = .compares(comparison, number)
        case nil where value.hasPrefix("/") && value.count > 1:
            do throws(PatternFault) {
                condition = .holds(try Pattern(value))
            } catch {
                throw SettingsError(key: key, problem: error.problem)
            }
        case nil: condition = .equals(value)
        }
    }
}

/// The way to a value in JSON: names of members with dots, positions in brackets from 0, or from the end below it.
package struct JSONPath: Hashable, Sendable, CustomStringConvertible {
    package enum Step: Hashable, Sendable {
        case member(String)
        case element(Int)
    }

    package let description: String
    package let steps: [Step]

    /// nil when it is none; a name with a dot or a bracket stands as `["a.b"]`.
    package init?(_ text: String) {
        var (steps, rest) = ([Step](), Array(text.unicodeScalars)[...])
        while let first = rest.first {
            if first == "[" {
                guard let step = Self.bracketed(&rest) else { return nil }
                steps.append(step)
            } else {
                if !steps.isEmpty {
                    guard rest.popFirst() == "." else { return nil }
                }
                let name = rest.prefix { $0 != "." && $0 != "[" && $0 != "]" }
                guard !name.isEmpty else { return nil }
                steps.append(.member(Self.text(name)))
                rest = rest.dropFirst(name.count)
            }
        }
        guard !steps.isEmpty, steps.count <= 32 else { return nil }
        self.steps = steps
        description = text
    }

    private static func bracketed(_ rest: inout ArraySlice<Unicode.Scalar>) -> Step? {
        rest = rest.dropFirst()
        if rest.first == "\"" {
            let name = rest.dropFirst().prefix { $0 != "\"" }
            rest = rest.dropFirst(name.count + 1)
            guard !name.isEmpty, rest.popFirst() == "\"", rest.popFirst() == "]" else { return nil }
            return .member(text(name))
        }
        let digits = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(digits.count)
        guard rest.popFirst() == "]", let position = Int(text(digits)) else { return nil }
        return .element(position)
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }
}
