package import Vocabulary

/// Finds who tries many passwords, and who came in after many that failed.
///
/// - Guessing: `burst` failures from one source within `window`. One finding an attack: what follows within `quiet`
///   belongs to it, and is told again as an update.
/// - Entry: a success from a source that is guessing, or for an account after `burst` failures of its own within
///   `quiet`.
///
/// A line that comes again is no new event: the caller keeps its place in the log together with this rule's memory.
package struct SignInRule: Sendable {
    static let burst = 5
    static let window = Duration.seconds(60)
    static let quiet = Duration.seconds(600)
    /// An attack that goes on is told again so often.
    private static let updateEvery = Duration.seconds(60)
    /// Whoever has more addresses than this makes the oldest be forgotten, never the memory grow.
    private static let mostOrigins = 1000
    private static let mostNames = 256

    struct Origin: Hashable {
        var service: SignIn.Service
        var source: String
    }

    /// Names that sshd refused, whose failed password is the same try.
    struct Refused: Hashable {
        var process: String
        var user: String
    }

    var streaks: [Origin: Streak] = [:]
    var refused: [Refused] = []

    package init() {}

    package mutating func apply(_ event: SignIn, at time: Instant) -> [Finding] {
        let origin = Origin(service: event.service, source: event.source)
        switch event.result {
        case .accepted(let method):
            guard var streak = streaks[origin] else { return [] }
            let finding = streak.enter(event.user, method: method, origin: origin, at: time)
            streaks[origin] = streak
            return finding.map { [$0] } ?? []
        case .refusedName:
            refused.append(Refused(process: event.process, user: event.user))
            if refused.count > Self.mostNames { refused.removeFirst() }
            return fail(event, count: event.count, origin, at: time)
        case .failed:
            var count = event.count
            if let same = refused.firstIndex(of: Refused(process: event.process, user: event.user)) {
                refused.remove(at: same)
                count -= 1
            }
            return count > 0 ? fail(event, count: count, origin, at: time) : []
        }
    }

    /// Lets time pass: tells how attacks went on, and forgets what is over.
    package mutating func apply(passing now: Instant) -> [Finding] {
        var findings: [Finding] = []
        for (origin, streak) in streaks.sorted(by: { $0.key.source < $1.key.source }) {
            var streak = streak
            let isOver = now - streak.last > Self.quiet
            if let update = streak.update(origin, every: isOver ? .zero : Self.updateEvery, at: now) {
                findings.append(update)
            }
            streaks[origin] = isOver ? nil : streak
        }
        return findings
    }

    private mutating func fail(_ event: SignIn, count: Int, _ origin: Origin, at time: Instant) -> [Finding] {
        var streak = streaks[origin] ?? Streak()
        let finding = streak.fail(event.user, count: count, origin: origin, at: time)
        streaks[origin] = streak
        if streaks.count > Self.mostOrigins, let oldest = streaks.min(by: { $0.value.last < $1.value.last })?.key {
            streaks[oldest] = nil
        }
        guard finding == nil else { return finding.map { [$0] } ?? [] }
        let update = streaks[origin]?.update(origin, every: Self.updateEvery, at: time)
        return update.map { [$0] } ?? []
    }
}
