import Vocabulary

/// How a failure shows, and so what can be to blame for it: what shows the same, or worse.
enum Harm: Hashable, Sendable {
    /// It cannot be reached.
    case gone
    /// It can be reached; some of what it is asked is lost, or answered late.
    case lossy
    /// It goes away and comes back.
    case unsteady
    /// It can be reached, and what it is there for fails.
    case service

    /// How much sooner than its cause a failure may seem to begin: a thing may be asked less often than what depends on it,
    /// and losses have to be counted before they are known.
    var lead: Duration {
        switch self {
        case .gone, .service: AlertEngine.lead
        case .lossy, .unsteady: .seconds(120)
        }
    }

    /// How long at least what loses packets, and has a way declared, is only on the board: what it depends on may lose them,
    /// and that is known by chance up to this much later.
    static let counting = Patience.after(.seconds(120))

    /// What begins within this is "at one time".
    var window: Duration {
        switch self {
        case .gone, .service, .unsteady: AlertEngine.window
        case .lossy: .seconds(120)
        }
    }

    /// For an answer newer than the recovery of its cause an alert waits this long. That losses are over takes longest.
    var newsPatience: Duration {
        switch self {
        case .gone, .service, .unsteady: AlertEngine.newsPatience
        case .lossy: .seconds(120)
        }
    }

    /// Whether both may be one failure: what goes away may be seen before it comes back, or after.
    func isAlike(_ other: Harm) -> Bool {
        let goesAway: [Harm] = [.gone, .unsteady]
        return self == other || goesAway.contains(self) && goesAway.contains(other)
    }
}

extension AlertEngine {
    func harm(_ alert: Alert) -> Harm {
        alert.isFlapping ? .unsteady : harm(of: alert.subject, asset: alert.asset, state: alert.outcome.state)
    }

    func harm(of subject: Subject, asset: Int64, state: State) -> Harm {
        guard dependencies[asset]?.reach.contains(subject) ?? false else { return .service }
        return state == .degraded ? .lossy : .gone
    }

    /// Whether a thing does to what depends on it what a failure shows.
    func does(_ harm: Harm, _ asset: Int64) -> Bool {
        if reachFails(asset) { return true }
        return switch harm {
        case .gone, .service: false
        case .lossy: isLossy(asset)
        case .unsteady: isKnown(asset) && unsteady(asset) != nil
        }
    }

    /// Since when it does so.
    func began(_ harm: Harm, _ asset: Int64) -> Instant? {
        let out = since(asset) { $0 == .down }
        return switch harm {
        case .gone, .service: out
        case .lossy: out ?? since(asset) { $0 == .degraded }
        case .unsteady: out ?? unsteady(asset)?.since
        }
    }

    /// Whether an asset can be reached, but badly.
    func isLossy(_ asset: Int64) -> Bool {
        dependencies[asset]?.reach.contains { beliefs[$0]?.state == .degraded } ?? false
    }

    /// The open alert that says of an asset that it goes away and comes back.
    private func unsteady(_ asset: Int64) -> Alert? {
        dependencies[asset]?.reach.compactMap { alert($0) }.filter(\.isFlapping).min { $0.id < $1.id }
    }

    private func since(_ asset: Int64, where isSo: (State) -> Bool) -> Instant? {
        dependencies[asset]?.reach.compactMap { beliefs[$0].flatMap { isSo($0.state) ? $0.since : nil } }.min()
    }
}
