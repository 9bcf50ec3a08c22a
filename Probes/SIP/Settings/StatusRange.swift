package import ProbeSettings

/// Status codes of final responses (RFC 3261, 21) and ranges of them, e.g. `200-299,486`.
package struct StatusRange: Hashable, Sendable, CustomStringConvertible {
    private var ranges: [ClosedRange<Int>] = []

    package init(_ text: String) throws(SettingsError) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.drop { $0 == " " }.split(separator: "-", omittingEmptySubsequences: false).map(Self.code)
            guard let first = ends.first, let low = first, let last = ends.last, let high = last, ends.count <= 2,
                low <= high
            else {
                throw SettingsError(
                    key: "expect.status",
                    problem: "\"\(text)\" is not a list of final status codes such as 200 or 200-299,486")
            }
            ranges.append(low...high)
        }
    }

    package func contains(_ status: Int) -> Bool {
        ranges.contains { $0.contains(status) }
    }

    package var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }

    private static func code(_ text: Substring) -> Int? {
        guard text.utf8.count == 3, let number = Int(text), (200...699).contains(number) else { return nil }
        return number
    }
}
