package import Logging
import ServiceLifecycle
package import Storage
package import Vocabulary

/// Sends what lies in the outbox: each message until it arrived, was refused, or was given up.
package final class Outbox: Service {
    /// How many messages are on their way at the same time.
    private static let batch = 16

    private let database: Database
    private let now: @Sendable () -> Instant
    private let open: @Sendable (RouteStore.Route) throws -> OpenedRoute
    private let compose: @Sendable (IncidentSummary, MessageStore.Message, String) -> Notification
    private let logger: Logger
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
        await withTaskGroup { group in
            group.addTask {
                // What failed has a time of its own; a look every second is cheap, and nothing when none waits.
                while !Task.isCancelled {
                    do {
                        try await Task.sleep(for: .seconds(1))
                    } catch {
                        return
                    }
                    self.signal.yield()
                }
            }
            for await _ in signals.cancelOnGracefulShutdown() {
                await sendWaiting()
            }
            group.cancelAll()
        }
    }

    /// Sends every message whose turn has come; later ones of the same incident follow in their order.
    package func sendWaiting() async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                let clock = now()
                let waiting = try await database.read { try MessageStore($0).waiting(at: clock, limit: Self.batch) }
                guard !waiting.isEmpty else { return }
                try await withThrowingTaskGroup { group in
                    for message in waiting { group.addTask { try await self.send(message) } }
                    try await group.waitForAll()
                }
            } catch {
                logger.error("The outbox could not be emptied; trying again", metadata: ["error": "\(error)"])
                return
            }
        }
    }

    private func send(_ message: MessageStore.Message) async throws {
        try await database.write { try MessageStore($0).markTried(message.id) }
        let delivery = try await attempt(message)
        let clock = now()
        let decision = Persistence.decide(
            delivery, attempt: message.attempts + 1, created: message.created, now: clock)
        if case .sent = decision {
        } else {
            logger.warning(
                "Not delivered",
                metadata: ["message": "\(message.id)", "route": "\(message.route)", "how": "\(decision)"])
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
            compose(incident, message, route.language), attempt: message.attempts + 1, created: message.created, now: now)
    }
}
