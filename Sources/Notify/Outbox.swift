package import Logging
import ServiceLifecycle
package import Storage
import Synchronization
package import Vocabulary

/// Sends what lies in the outbox: each message until it arrived, was refused, or was given up.
package final class Outbox: Service {
    /// What is under way when the collector stops gets so long to end by itself.
    private static let grace = Duration.seconds(5)

    private let database: Database
    private let now: @Sendable () -> Instant
    private let open: @Sendable (RouteStore.Route) throws -> OpenedRoute
    private let compose: @Sendable (IncidentSummary, MessageStore.Message, String) -> Notification
    private let logger: Logger
    private let lanes = Mutex(Lanes())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// `open` makes a route's channels ready; `compose` words an incident in a language.
    package init(
        database: Database, now: @escaping @Sendable () -> Instant, logger: Logger,
        open: @escaping @Sendable (RouteStore.Route) throws -> OpenedRoute,
        compose: @escaping @Sendable (IncidentSummary, MessageStore.Message, String) -> Notification
    ) {
        self.database = database
        self.now = now
        self.logger = logger
        self.open = open
        self.compose = compose
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        signal.yield()
    }

    /// Says that there may be something to send.
    package func wake() {
        signal.yield()
    }

    package func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask {
                // What failed has a time of its own; a look every second is cheap, and nothing when none waits.
                while await Self.pause(.seconds(1)) { self.signal.yield() }
            }
            for await _ in signals.cancelOnGracefulShutdown() {
                for message in await takeWaiting() { group.addTask { await self.carry(message) } }
            }
            let end = ContinuousClock.now + Self.grace
            while !lanes.withLock({ $0.isEmpty }), ContinuousClock.now < end, await Self.pause(.milliseconds(50)) {}
            group.cancelAll()
        }
    }

    /// Whether the time passed; false when nobody waits for it any more.
    private static func pause(_ span: Duration) async -> Bool {
        do {
            try await Task.sleep(for: span)
            return true
        } catch {
            return false
        }
    }

    /// The messages whose turn has come and for which their route has room; later ones of the same incident follow in
    /// their order.
    private func takeWaiting() async -> [MessageStore.Message] {
        do {
            let clock = now()
            lanes.withLock { $0.beginLook() }
            // Those under way are still among the waiting.
            let waiting = try await database.read { try MessageStore($0).waiting(at: clock, limit: 2 * Lanes.width) }
            return lanes.withLock { lanes in waiting.filter { lanes.admits($0.id, of: $0.route) } }
        } catch {
            logger.error("The outbox cannot be read; trying again", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func carry(_ message: MessageStore.Message) async {
        do {
            try await send(message)
            if lanes.withLock({ $0.finished(message.id, of: message.route) }) { signal.yield() }
        } catch {
            logger.error("A message could not be sent; trying again", metadata: ["error": "\(error)"])
            _ = lanes.withLock { $0.finished(message.id, of: message.route) }
        }
    }

    private func send(_ message: MessageStore.Message) async throws {
        try await database.write { try MessageStore($0).markTried(message.id) }
        let delivery = try await attempt(message)
        let clock = now()
        let decision = Persistence.decide(
            delivery, attempt: message.attempts + 1, created: message.created, now: clock)
        let details: Logger.Metadata = [
            "message": "\(message.id)", "route": "\(message.route)", "how": "\(decision)",
        ]
        switch decision {
        case .sent: break
        case .sentInstead: logger.notice("Delivered by the second channel", metadata: details)
        case .again, .givenUp: logger.warning("Not delivered", metadata: details)
        }
        try await database.write { connection in
            let store = MessageStore(connection)
            switch decision {
            case .sent: try store.markSent(message.id, at: clock)
            case .sentInstead(let how): try store.markSent(message.id, at: clock, how: how)
            case .again(let next, let problem): try store.markFailed(message.id, problem: problem, next: next)
            case .givenUp(let problem): try store.markRefused(message.id, problem: problem, at: clock)
            }
        }
    }

    private func attempt(_ message: MessageStore.Message) async throws -> Delivery {
        let (route, incident) = try await database.read { connection in
            (
                try RouteStore(connection).route(named: message.route),
                try IncidentSummary(message.incident, in: connection, scope: .everything)
            )
        }
        guard let route else { return .refused(problem: "the route \(message.route) is no more") }
        guard let incident else { return .refused(problem: "the incident is no more") }
        let opened: OpenedRoute
        do {
            opened = try open(route)
        } catch {
            return .retry(problem: "the route \(message.route) cannot be read: \(error)", after: .seconds(60))
        }
        return await opened.send(
            compose(incident, message, route.language), attempt: message.attempts + 1, created: message.created,
            now: now)
    }
}
