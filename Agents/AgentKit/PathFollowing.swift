internal import ServiceLifecycle
internal import Synchronization
package import Vocabulary
internal import Wire

/// A path as it was found, without what the agent knows about why.
package struct FollowedPath: Hashable, Sendable {
    package var hops: [Path.Hop]
    package var end: Path.End
    package var detail: String

    package init(hops: [Path.Hop], end: Path.End, detail: String = "") {
        self.hops = hops
        self.end = end
        self.detail = detail
    }
}

/// Follows the paths to what is pinged: at the start and every hour, to know the way while all is well, and when a
/// check is found to be in trouble or up again. What it finds is told when it is another way than told last, and
/// after every trouble.
///
/// A few at a time, one every other second over time, and each target at most once a minute: where a line that many
/// depend on breaks, their paths are followed one after the other, and a line that comes and goes is not flooded. The
/// first routers are on every path, and most say no more than once a second that a packet ran out of hops (Linux:
/// `icmp_ratelimit`, six at once): asked more often they look silent. So what is up again, or all along, waits longer,
/// and leaves them something to say when the next thing fails.
package final class PathFollowing: Service {
    private static let atOnce = 2
    private static let spacing = Duration.seconds(2)
    /// That many may begin without waiting where none has for a while.
    private static let burst = 3
    /// Between what is not in trouble and whatever was followed before it.
    private static let patience = Duration.seconds(4)
    private static let gap = Duration.seconds(60)
    private static let routineEvery = Duration.seconds(3600)
    /// What is told again although it is the same, so that a collector which lost it is put right.
    private static let tellAgainAfter = Duration.seconds(86_400)

    private struct Followed {
        var check: Check
        var told: Path?
        var toldAt: ContinuousClock.Instant?
        var lastBegun: ContinuousClock.Instant?
        var due: ContinuousClock.Instant
        var occasion = Path.Occasion.routine
        var isUnderWay = false
        /// Its check was found to be degraded or down, and not yet up again.
        var isInTrouble = false
    }

    private struct State {
        var followed: [CheckName: Followed] = [:]
        /// When one would have begun last, had all kept `spacing`.
        var lastTurn: ContinuousClock.Instant?
        var lastBegun: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let bell = Bell()
    private let batching: Batching
    private let follow: @Sendable (Check) async -> FollowedPath?
    private let time: any Timekeeper

    /// `follow`: nil when the path could not be asked for at all.
    package init(
        batching: Batching, time: any Timekeeper, follow: @escaping @Sendable (Check) async -> FollowedPath?
    ) {
        self.batching = batching
        self.time = time
        self.follow = follow
    }

    /// Takes a new assignment; a path to the same target by the same question stays known.
    package func adopt(_ checks: [Check]) {
        let now = time.monotonic
        state.withLock { state in
            var kept: [CheckName: Followed] = [:]
            for check in checks where check.kind == "icmp" {
                if var known = state.followed[check.name], known.check.asksTheSame(as: check) {
                    known.check = check
                    kept[check.name] = known
                } else {
                    // Spread over the hour.
                    let delay = Double(stableHash(check.name.rawValue) % 3600)
                    kept[check.name] = Followed(check: check, due: now + .seconds(5) + .seconds(delay))
                }
            }
            state.followed = kept
        }
        bell.ring()
    }

    /// A check is believed to be in another state.
    package func notice(_ change: StateChange) {
        guard !change.isRestated, change.outcome.state != .unknown else { return }
        let now = time.monotonic
        let isKnown = state.withLock { state in
            guard var entry = state.followed[change.check] else { return false }
            let isUp = change.outcome.state == .up
            // That a check is up to begin with is no recovery.
            guard !isUp || entry.isInTrouble else { return false }
            entry.isInTrouble = !isUp
            entry.occasion = isUp ? .recovery : .trouble
            entry.due = max(now, entry.lastBegun.map { $0 + Self.gap } ?? now)
            state.followed[change.check] = entry
            return true
        }
        if isKnown { bell.ring() }
    }

    package func run() async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                while !bell.isClosed, !Task.isCancelled {
                    let (begun, next) = take()
                    for (check, occasion) in begun {
                        group.addTask {
                            await self.perform(check, occasion)
                            self.bell.ring()
                        }
                    }
                    await bell.wait(until: next, time)
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.bell.close()
        }
    }

    /// Whose turn it is, trouble first and routine last, and when to look again.
    private func take() -> (begun: [(Check, Path.Occasion)], next: ContinuousClock.Instant?) {
        let now = time.monotonic
        return state.withLock { state in
            let free = Self.atOnce - state.followed.values.count { $0.isUnderWay }
            var waiting = state.followed.values.filter { !$0.isUnderWay && $0.due <= now }
                .sorted { one, two in
                    (one.occasion.urgency, one.due, one.check.name) < (two.occasion.urgency, two.due, two.check.name)
                }[...]
            var begun: [(Check, Path.Occasion)] = []
            while begun.count < free, let entry = waiting.first {
                // While nobody asked, no more turns were saved than a burst.
                let earliest = now - Self.spacing * (Self.burst - 1)
                let turn = state.lastTurn.map { max($0 + Self.spacing, earliest) } ?? earliest
                let begin =
                    entry.occasion == .trouble ? turn : max(turn, state.lastBegun.map { $0 + Self.patience } ?? turn)
                guard begin <= now else { return (begun, begin) }
                state.lastTurn = turn
                state.lastBegun = now
                waiting.removeFirst()
                begun.append((entry.check, entry.occasion))
                state.followed[entry.check.name]?.isUnderWay = true
                state.followed[entry.check.name]?.lastBegun = now
                state.followed[entry.check.name]?.occasion = .routine
                state.followed[entry.check.name]?.due = now + Self.routineEvery
            }
            guard begun.count < free else { return (begun, nil) }
            return (begun, state.followed.values.filter { !$0.isUnderWay }.map(\.due).min())
        }
    }

    private func perform(_ check: Check, _ occasion: Path.Occasion) async {
        let seen = time.wall
        let found = await follow(check)
        let now = time.monotonic
        let path = found.map { found in
            Path(
                check: check.name, seen: seen, occasion: occasion, hops: found.hops, end: found.end,
                detail: found.detail)
        }
        let isNews = state.withLock { state in
            guard var entry = state.followed[check.name], entry.check.asksTheSame(as: check) else { return false }
            defer { state.followed[check.name] = entry }
            entry.isUnderWay = false
            guard let path else { return false }
            if let told = entry.told, let toldAt = entry.toldAt, occasion != .trouble, told.goesTheSameWay(as: path),
                now - toldAt < Self.tellAgainAfter
            {
                return false
            }
            entry.told = path
            entry.toldAt = now
            return true
        }
        if isNews, let path { batching.take(path) }
    }
}

extension Path.Occasion {
    /// Smaller is sooner: what fails now may soon be another way, and while all is well there is time.
    fileprivate var urgency: Int {
        switch self {
        case .trouble: 0
        case .recovery: 1
        case .routine: 2
        }
    }
}
