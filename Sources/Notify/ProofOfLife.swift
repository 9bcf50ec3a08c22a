package import Courier
package import Logging
import ServiceLifecycle
package import Storage
package import Vocabulary

/// Once a week a message on each route that wants it: a receiver that hears nothing else knows that somebody watches,
/// and a channel that no longer works is found before it is needed.
package struct ProofOfLife: Service {
    private let database: Database
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let open: @Sendable (RouteStore.Route) throws -> OpenedRoute
    private let compose: @Sendable (ProofStore.Counts, ProofStore.Proof, RouteStore.Route) -> Notification

    /// `open` makes a route's channels ready; `compose` words the counts in the route's language.
    package init(
        database: Database, now: @escaping @Sendable () -> Instant, logger: Logger,
        open: @escaping @Sendable (RouteStore.Route) throws -> OpenedRoute,
        compose: @escaping @Sendable (ProofStore.Counts, ProofStore.Proof, RouteStore.Route) -> Notification
    ) {
        self.database = database
        self.now = now
        self.logger = logger
        self.open = open
        self.compose = compose
    }

    package func run() async throws {
        while !Task.isShuttingDownGracefully {
            do {
                try await sendDue()
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(20)) }
            } catch is CancellationError {
                return
            } catch {
                logger.error("Proofs of life could not be sent; trying again", metadata: ["error": "\(error)"])
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
            }
        }
    }

    /// Sends what is due now; one attempt each, all at the same time.
    package func sendDue() async throws {
        let clock = now()
        let due = Self.due(at: clock)
        let (waiting, counts) = try await database.write { connection in
            let store = ProofStore(connection)
            for route in try RouteStore(connection).all() where Self.isWanted(on: route) {
                try store.begin(route.name, due: due, at: clock)
            }
            return (try store.waiting(at: clock), try store.counts())
        }
        try await withThrowingTaskGroup { group in
            for proof in waiting { group.addTask { try await send(proof, counts) } }
            try await group.waitForAll()
        }
    }

    private func send(_ proof: ProofStore.Proof, _ counts: ProofStore.Counts) async throws {
        let route = try await database.write { connection in
            try ProofStore(connection).markTried(proof.route)
            return try RouteStore(connection).route(named: proof.route)
        }
        // Taken out meanwhile, and the proof with it.
        guard let route else { return }
        let delivery = await attempt(proof, counts, route)
        let clock = now()
        let decision = Persistence.decide(delivery, attempt: proof.attempts + 1, created: proof.began, now: clock)
        try await database.write { connection in
            let store = ProofStore(connection)
            switch decision {
            case .sent: try store.markSent(route.name, at: clock)
            case .sentInstead(let how): try store.markSent(route.name, at: clock, how: how)
            case .again(let next, let problem): try store.markFailed(route.name, problem: problem, next: next)
            case .givenUp(let problem): try store.markRefused(route.name, problem: problem, at: clock)
            }
        }
        switch decision {
        case .sent: break
        case .sentInstead, .again, .givenUp:
            logger.warning("No proof of life", metadata: ["route": "\(route.name)", "how": "\(decision)"])
        }
    }

    private func attempt(
        _ proof: ProofStore.Proof, _ counts: ProofStore.Counts, _ route: RouteStore.Route
    ) async -> Delivery {
        let opened: OpenedRoute
        do {
            opened = try open(route)
        } catch {
            return .retry(problem: "the route \(route.name) cannot be read: \(error)", after: .seconds(60))
        }
        return await opened.send(
            compose(counts, proof, route), attempt: proof.attempts + 1, created: proof.began, now: now)
    }

    /// Not on a route that cannot be read either: it says so when a message is to go there.
    private static func isWanted(on route: RouteStore.Route) -> Bool {
        do {
            return try RouteChannels(json: route.channel).proof == .weekly
        } catch {
            return false
        }
    }

    /// The Monday, eight o'clock in UTC+07:00, that was last: at the beginning of a week somebody is there to act.
    package static func due(at now: Instant) -> Instant {
        let (week, zone, hour) = (Int64(7 * 86_400), Int64(7 * 3600), Int64(8 * 3600))
        // 1970-01-01 was a Thursday: the fifth of January the first Monday.
        let first = 4 * 86_400 + hour - zone
        let weeks = ((now.seconds - first) / week) - ((now.seconds - first) % week < 0 ? 1 : 0)
        return Instant(seconds: first + weeks * week)
    }
}
