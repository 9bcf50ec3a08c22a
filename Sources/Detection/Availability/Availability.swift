import Vocabulary

/// How long something was what, in a period; sums of several are those of all together.
///
/// The times add up to the period exactly. Available is (up + degraded) ÷ (up + degraded + down): what nobody measured
/// and what was exempt counts neither way.
package struct Availability: Hashable, Sendable {
    private var microseconds = [Int64](repeating: 0, count: Timeline.Kind.allCases.count)
    private var revisedMicroseconds: Int64 = 0

    package init() {}

    package init(_ timeline: Timeline) {
        for span in timeline.spans {
            let length = (span.to - span.from).wholeMicroseconds
            microseconds[span.kind.rawValue] += length
            if span.isRevised { revisedMicroseconds += length }
        }
    }

    package subscript(kind: Timeline.Kind) -> Duration { .microseconds(microseconds[kind.rawValue]) }

    /// All of it.
    package var total: Duration { .microseconds(microseconds.reduce(0, +)) }

    /// How much was unknown until late data arrived.
    package var revised: Duration { .microseconds(revisedMicroseconds) }

    /// From 0 to 1; nil when nothing that counts was measured.
    package var ratio: Double? {
        let (up, degraded, down) = (self[.up].inSeconds, self[.degraded].inSeconds, self[.down].inSeconds)
        let counted = up + degraded + down
        return counted > 0 ? (up + degraded) / counted : nil
    }

    package static func + (left: Availability, right: Availability) -> Availability {
        var sum = left
        for index in sum.microseconds.indices { sum.microseconds[index] += right.microseconds[index] }
        sum.revisedMicroseconds += right.revisedMicroseconds
        return sum
    }
}
