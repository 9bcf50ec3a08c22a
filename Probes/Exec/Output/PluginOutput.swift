/// What a plug-in prints (monitoring-plugins guidelines, with the several lines of Nagios 3): a line that sums up, then
/// lines in detail; behind the first `|` of the first line, and from the first `|` of the others on, measured values.
package struct PluginOutput: Hashable, Sendable {
    /// The line that sums up; empty when it printed nothing.
    package var summary = ""
    package var details: [String] = []
    package var values: [PerformanceValue] = []
    /// Words where values should be, that are none.
    package var refused = 0

    package static let longestSummary = 1000

    package init(_ bytes: [UInt8]) {
        var (isFirst, isPerformance) = (true, false)
        // A line of blanks in front of the first is none: shell plug-ins print such.
        let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        for line in lines.drop(while: { Self.isBlank($0) }) {
            guard !isPerformance else {
                take(line)
                continue
            }
            let text = line.prefix { $0 != UInt8(ascii: "|") }
            if text.count < line.count {
                take(line.dropFirst(text.count + 1))
                isPerformance = !isFirst
            }
            if isFirst {
                summary = Self.text(text, atMost: Self.longestSummary)
            } else if !Self.isBlank(text), details.count < 100 {
                details.append(Self.text(text, atMost: Self.longestSummary))
            }
            isFirst = false
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        let found = PerformanceValue.values(in: line)
        values += found.values
        refused += found.refused
    }

    /// As text of at most so many bytes, without what steers a terminal and without blanks at its ends.
    package static func text(_ bytes: ArraySlice<UInt8>, atMost limit: Int) -> String {
        // No character has fewer bytes in text than it had here, so nothing beyond the limit can count.
        let kept = bytes.prefix(limit).map { $0 < 0x20 || $0 == 0x7f ? UInt8(ascii: " ") : $0 }
        let trimmed = kept.drop { $0 == UInt8(ascii: " ") }
        let end = trimmed.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? trimmed.startIndex
        var text = String(decoding: trimmed[trimmed.startIndex..<end], as: UTF8.self)
        // A byte that is no text, and a character cut in the middle, become U+FFFD, three bytes.
        while text.utf8.count > limit { text.unicodeScalars.removeLast() }
        return text
    }

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 <= UInt8(ascii: " ") }
    }
}
