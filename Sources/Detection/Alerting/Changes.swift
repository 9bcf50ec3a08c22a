package import Vocabulary

/// Recognises what fails and comes back again and again: one alert then, instead of one for each failure.
package struct Changes: Hashable, Sendable {
    /// So many changes, three failures and three recoveries, …
    package static let many = 6
    /// … within this time are flapping.
    package static let within = Duration.seconds(600)
    /// It is over when it has stayed good for so long, …
    package static let calm = Duration.seconds(300)
    /// … and a failure like any other when it has failed for so long.
    package static let gone = Duration.seconds(60)

    private var times: [Instant] = []

    /// After these, the oldest first.
    package init(_ times: [Instant] = []) {
        self.times = times.suffix(Self.many)
    }

    /// Whether a thing has failed or come back since what was last known of it; what nobody knows is neither.
    package static func isChange(from before: State, to state: State) -> Bool {
        state != .unknown && (before == .up) != (state == .up)
    }

    /// It failed, or came back.
    package mutating func note(_ time: Instant) {
        times = (times + [time]).suffix(Self.many)
    }

    /// Over which time the changes spread, if they are flapping.
    package var span: Duration? {
        guard times.count == Self.many, let first = times.first, let last = times.last else { return nil }
        let span = last - first
        return span >= .zero && span <= Self.within ? span : nil
    }
}
