package import Vocabulary

extension Array where Element == Range<Instant> {
    /// These times as one set within a time: in order, apart from one another.
    package func united(within time: Range<Instant>) -> [Range<Instant>] {
        var united: [Range<Instant>] = []
        for span in map({ $0.clamped(to: time) }).filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound })
        {
            if let last = united.last, span.lowerBound <= last.upperBound {
                united[united.count - 1] = last.lowerBound..<Swift.max(last.upperBound, span.upperBound)
            } else {
                united.append(span)
            }
        }
        return united
    }

    /// What of a time is in none of these, which are in order and apart.
    package func gaps(within time: Range<Instant>) -> [Range<Instant>] {
        var (gaps, start): ([Range<Instant>], Instant) = ([], time.lowerBound)
        for span in self {
            if start < span.lowerBound { gaps.append(start..<span.lowerBound) }
            start = Swift.max(start, span.upperBound)
        }
        if start < time.upperBound { gaps.append(start..<time.upperBound) }
        return gaps
    }

    /// How long they last together, when they are apart.
    package var length: Duration { reduce(.zero) { $0 + ($1.upperBound - $1.lowerBound) } }
}
