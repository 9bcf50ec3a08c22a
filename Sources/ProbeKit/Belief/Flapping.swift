package import Vocabulary

/// Recognises what fails and comes back again and again: one condition then, instead of one for each change.
package struct Flapping: Hashable, Sendable {
    /// Begins with so many changes (three failures and three recoveries) …
    private static let changes = 6
    /// … within this time.
    private static let within = Duration.seconds(600)
    /// Ends when it has stayed good for so long, …
    private static let calm = Duration.seconds(300)
    /// … or not good: then it is a failure like any other.
    private static let gone = Duration.seconds(60)

    private var times: [Instant] = []
    package private(set) var isOn = false

    package init() {}

    /// Takes note that what is believed has changed.
    package mutating func change(at now: Instant) {
        times = (times + [now]).suffix(Self.changes)
        guard times.count == Self.changes, let first = times.first, now - first <= Self.within else { return }
        isOn = true
    }

    /// Time goes by with the target answering or not.
    package mutating func rest(at now: Instant, isGood: Bool) {
        guard isOn, let last = times.last else { return }
        // Or the clock was set back: then nothing is known of the times.
        guard now - last >= (isGood ? Self.calm : Self.gone) || now < last - .seconds(60) else { return }
        isOn = false
        times = []
    }

    package var reason: Reason? {
        guard isOn, let first = times.first, let last = times.last else { return nil }
        return Reason(
            "flapping", expected: "a steady state",
            got: "\(times.count) changes in \((last - first).wholeMicroseconds / 1_000_000) s")
    }
}
