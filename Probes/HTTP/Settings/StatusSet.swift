/// HTTP status codes and ranges of them, e.g. `200-299,301`.
package struct StatusSet: Hashable, Sendable, CustomStringConvertible {
    package var ranges: [ClosedRange<Int>]

    package init(_ ranges: [ClosedRange<Int>]) {
        self.ranges = ranges
    }

    /// nil when the text is anything but codes from 100 to 599 and ranges, separated by commas.
    package init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.drop { $0 == " " }.split(separator: "-", omittingEmptySubsequences: false).map(Self.code)
            guard let first = ends.first, let low = first, let last = ends.last, let high = last, ends.count <= 2,
                low <= high
            else { return nil }
            ranges.append(low...high)
        }
        self.ranges = ranges
    }

    package func contains(_ status: Int) -> Bool {
        ranges.contains { $0.contains(status) }
    }

    package var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
    }

    private static func code(_ text: Substring) -> Int? {
        guard text.utf8.count == 3, let number = Int(text), (100...599).contains(number) else { return nil }
        return number
    }
}
