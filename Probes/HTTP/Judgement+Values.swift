import Documents
import HTTPSettings
import Patterns
import Vocabulary

extension Judgement {
    /// What the expected values of a body of JSON came to: the first that is wrong, and those that are numbers.
    func values(in body: [UInt8], isCut: Bool) -> (reason: Reason?, readings: [Reading]) {
        guard !settings.values.isEmpty, !isCut else { return (nil, []) }
        let document: JSONValue
        do throws(DocumentError) {
            document = try JSONValue(body)
        } catch {
            return (Reason("malformed", step: "body", expected: "JSON", got: error.description), [])
        }
        var (reason, readings) = (Reason?.none, [Reading]())
        for expectation in settings.values {
            let value = document.value(at: expectation.path)
            if let number = value?.measure {
                readings.append(Reading(Metric("http_json", ["path": expectation.path.description]), number))
            }
            guard reason == nil, value?.meets(expectation.condition) != true else { continue }
            reason = Reason(
                "wrong-value", step: "body", expected: expectation.description,
                got: value.map { String($0.words.prefix(200)) } ?? "no such value")
        }
        return (reason, readings)
    }
}

extension JSONValue {
    fileprivate func value(at path: JSONPath) -> JSONValue? {
        var value = self
        for step in path.steps {
            let next: JSONValue?
            switch step {
            case .member(let name): next = value[name]
            case .element(let position):
                let elements = value.elements
                let index = position < 0 ? elements.count + position : position
                next = elements.indices.contains(index) ? elements[index] : nil
            }
            guard let next else { return nil }
            value = next
        }
        return value
    }

    /// What can be drawn: numbers, also in strings, and true and false as 1 and 0.
    fileprivate var measure: Double? {
        bool.map { $0 ? 1 : 0 } ?? number ?? text.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The value itself, as a person would write it.
    fileprivate var words: String {
        switch self {
        case .null: "null"
        case .object: "an object"
        case .array(let elements): "an array of \(elements.count)"
        case .bool, .number, .string: text ?? ""
        }
    }

    fileprivate func meets(_ condition: JSONExpectation.Condition) -> Bool {
        switch condition {
        case .equals(let wanted): equals(wanted)
        case .unequal(let unwanted): !equals(unwanted)
        case .holds(let pattern): pattern.matches(words)
        case .compares(let comparison, let bound):
            measure.map { value in
                switch comparison {
                case .atMost: value <= bound
                case .atLeast: value >= bound
                case .less: value < bound
                case .more: value > bound
                case .unequal: value != bound
                }
            } ?? false
        }
    }

    private func equals(_ wanted: String) -> Bool {
        if words == wanted { return true }
        guard let number, let other = Double(wanted) else { return false }
        return number == other
    }
}
