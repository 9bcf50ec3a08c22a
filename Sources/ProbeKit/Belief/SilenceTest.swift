package import Vocabulary

/// Tells a target that is gone from a line that loses, while nothing comes back: decision 11 has the arithmetic.
///
/// A line that lives is silent for a while in two ways. Packets get lost one by one; then `n` asks in a row are lost with
/// chance p^n. Or it breaks off for a moment; how often that happens lately and how long it lasts is learned from the
/// silences that ended. Gone is what is less likely than one false alarm in ten years. A sequential test: the longer
/// the silence, the greater the odds, and it ends as soon as they suffice.
package struct SilenceTest: Hashable, Sendable {
    /// False alarms of one check a second that are put up with: one in ten years.
    package static let falseAlarms = 1 / (10 * 365.25 * 86_400)
    /// Silences shorter than this are losses, not breaks.
    private static let threshold = 0.3
    /// Longer ones count as this long, and were a cut when they were believed: what a cut lasts is nothing that the
    /// line does by itself.
    private static let longestLearned = 6.0
    /// However the line has been, a silence this long is believed.
    package static let longest = Duration.seconds(45)
    /// For how many seconds of watching the rate counts that was thought beforehand.
    private static let worth = 900.0
    /// Half of what was learned is forgotten in ten minutes.
    private static let keptEachMinute = 0.933_032_992

    /// Breaks that were seen, by their number and how long they lasted beyond the threshold, and how long was watched.
    private struct Seen: Hashable, Sendable {
        var breaks: Double
        var seconds: Double
        var watched: Double
    }

    /// How many breaks, and of what length, what was thought beforehand is worth; and how many a second.
    private struct Prior: Hashable, Sendable {
        var breaks: Double
        var seconds: Double
        var rate: Double
    }

    private let prior: Prior
    private var seen = Seen(breaks: 0, seconds: 0, watched: 0)
    private var aged: Instant?

    /// `usual`: how long breaks of this line last on average, as a person said; zero when nobody did.
    package init(usual: Duration = .zero) {
        // Where nobody said anything: 0.05 s over the threshold, one a day. Else three a minute.
        prior =
            usual > .zero
            ? Prior(breaks: 20, seconds: 20 * usual.inSeconds, rate: 0.05)
            : Prior(breaks: 8, seconds: 0.4, rate: 1.1e-5)
    }

    /// Forgets with time.
    package mutating func age(to now: Instant) {
        guard let last = aged else {
            aged = now
            return
        }
        let minutes = (now - last).wholeMicroseconds / 60_000_000
        guard minutes != 0 else { return }
        aged = now
        // A clock that was set back forgets nothing.
        for _ in 0..<max(0, min(minutes, 600)) {
            seen.breaks *= Self.keptEachMinute
            seen.seconds *= Self.keptEachMinute
            seen.watched = seen.watched * Self.keptEachMinute + 60
        }
    }

    /// Takes note of a silence that ended by itself, though it may have been taken for the end.
    package mutating func saw(silence: Duration, wasBelieved: Bool = false) {
        let length = silence.inSeconds
        guard length > Self.threshold, !wasBelieved || length <= Self.longestLearned else { return }
        seen.breaks += 1
        seen.seconds += min(length, Self.longestLearned) - Self.threshold
    }

    /// Whether a silence is the target's end.
    ///
    /// - Parameters:
    ///   - lost: asks in a row that nothing came of.
    ///   - loss: the share of asks that are lost anyhow.
    package func isGone(after silence: Duration, lost: Int, loss: Double) -> Bool {
        guard silence < Self.longest else { return true }
        return chance(of: silence) + power(loss, 4 * lost) <= Self.falseAlarms
    }

    /// How often in a second this line, as it has been, breaks off for so long: the number of breaks that pass the
    /// threshold, times the chance that one goes on. Lengths over the threshold are taken to be exponential with an
    /// unknown mean, so the chance is Lomax's: the fewer were seen, the longer it takes.
    private func chance(of silence: Duration) -> Double {
        let over = max(0, silence.inSeconds - Self.threshold)
        let (shape, scale) = (prior.breaks + seen.breaks, prior.seconds + seen.seconds)
        let rate = (prior.rate * Self.worth + seen.breaks) / (Self.worth + seen.watched)
        return rate * power(scale / (scale + over), Int(4 * shape))
    }
}

/// `base` to the power of so many quarters.
private func power(_ base: Double, _ quarters: Int) -> Double {
    var (factor, left, result) = (base.squareRoot().squareRoot(), quarters, 1.0)
    while left > 0 {
        if left & 1 == 1 { result *= factor }
        factor *= factor
        left >>= 1
    }
    return result
}
