package import Vocabulary

/// In which parts of an agent's silence nobody measured, from how many runs arrived later for each stretch of time.
package enum SilenceHoles {
    package struct Bucket: Hashable, Sendable {
        package var time: Range<Instant>
        package var runs: Int64

        package init(time: Range<Instant>, runs: Int64) {
            self.time = time
            self.runs = runs
        }
    }

    /// What no agent needs to be asked for: a run that was a little late is no hole.
    private static let least = Duration.seconds(30)

    /// - Parameter buckets: all that touch the silence, in order, without gaps.
    package static func find(
        in silence: Range<Instant>, _ buckets: [Bucket], interval: Duration
    ) -> [Range<Instant>] {
        var holes: [Range<Instant>] = []
        // Before the silence it was heard, and a run speaks for one interval.
        var (isSeen, carried) = (true, Duration.zero)
        for bucket in buckets {
            let within = bucket.time.clamped(to: silence)
            guard !within.isEmpty else { continue }
            let outside = length(bucket.time) - length(within)
            let covered = carried + interval * bucket.runs
            carried = min(interval, max(.zero, covered - length(bucket.time)))
            let seen = min(max(.zero, covered - outside), length(within))
            if seen == length(within) {
                isSeen = true
            } else if isSeen {
                holes.append(within.lowerBound + seen..<within.upperBound)
                isSeen = false
            } else {
                // It was not measuring before: what there is of this stretch is its end.
                holes.append(within.lowerBound..<within.upperBound - seen)
                isSeen = seen > .zero
            }
        }
        let patience = max(least, interval * 3)
        return holes.united(within: silence).filter { length($0) > patience }
    }

    private static func length(_ time: Range<Instant>) -> Duration { time.upperBound - time.lowerBound }
}
