/// Why an outcome is not `up`: a code that both languages can word, the step, what was expected and what came.
package struct Reason: Hashable, Sendable {
    /// Stable and lower-case with hyphens, e.g. `connection-refused`; the page about the probe lists its codes.
    package var code: String
    /// Where in the exchange it happened, e.g. `resolve`, `connect`, `tls`, `response`; empty when there is one step.
    package var step: String
    package var expected: String
    /// What came instead, in the target's or the operating system's own words.
    package var got: String

    package init(_ code: String, step: String = "", expected: String = "", got: String = "") {
        self.code = code
        self.step = step
        self.expected = expected
        self.got = got
    }

    package static let unstated = Reason("unstated")
}

extension Reason: CustomStringConvertible {
    package var description: String {
        var text = code
        if !step.isEmpty { text += " at \(step)" }
        if !expected.isEmpty { text += ", expected \(expected)" }
        if !got.isEmpty { text += ", got \(got)" }
        return text
    }
}
