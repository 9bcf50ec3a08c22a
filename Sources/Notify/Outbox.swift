package import Courier
import Detection
package import Logging
import ServiceLifecycle
package import Storage
import Synchronization
package import Vocabulary

/// Sends what lies in the outbox: each message until it arrived, was refused, or was given up. What waited together goes
/// in one.
package final class Outbox: Service {
    /// What is under way when the collector stops gets so long to end by itself.
    private static let grace = Duration.seconds(5)

    private let database: Database
    private let now: @Sendable () -> Instant
    private let open: @Sendable (RouteStore.Route) throws -> OpenedRoute
    private let words: Words
    private let logger: Logger
    private let lanes = Mutex(Lanes())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// What is said, in a language.
    package struct Words: Sendable {
        package typealias Told = (incident: IncidentSummary, message: MessageStore.Message)

        /// Of one incident.
        package var one: @Sendable (Told, String) -> Notification
        /// Of several that waited, the first first; never none.
        package var several: @Sendable ([Told], String) -> Notification

        package init(
            one: @escaping @Sendable (Told, String) -> Notification,
            several: @escaping @Sendable ([Told], String) -> Notification
        ) {
            self.one = one
            self.several = several
        }
    }

    /// `open` makes a route's channels ready.
    package init(
        database: Database, now: @escaping @Sendable () -> Instant, logger: Logger,
        open: @escaping @Sendable (RouteStore.Route) throws -> OpenedRoute, words: Words
    ) {
        self.database = database
        self.now = now
        self.logger = logger
        self.open = open
        self.words = words
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
                for messages in await takeWaiting() { group.addTask { await self.carry(messages) } }
            }
            let end = ContinuousClock.now + Self.grace
            while !lanes.withLock({ $0.isEmpty }), ContinuousClock.now < end, await Self.pause(.milliseconds(50)) {}
            group.cancelAll()
        }
    }

    /// Sends what is due now, and ends when each went or did not.
    package func sendDue() async {
        await withDiscardingTaskGroup { group in
            for messages in await takeWaiting() { group.addTask { await self.carry(messages) } }
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

    /// The messages whose turn has come and for which their route has room, those together that go in one.
    private func takeWaiting() async -> [[MessageStore.Message]] {
        do {
            let clock = now()
            lanes.withLock { $0.beginLook() }
            while true {
                // Those under way are still among the waiting.
                let (waiting, routes) = try await database.read { connection in
                    let waiting = try MessageStore(connection).waiting(at: clock, limit: 2 * Lanes.width)
                    return (waiting, waiting.isEmpty ? [] : try RouteStore(connection).all())
                }
                let look = self.look(at: waiting, of: routes, clock)
                guard !look.kept.isEmpty else { return admitted(look) }
                try await database.write { connection in
                    for (id, until) in look.kept { try MessageStore(connection).hold(id, until: until) }
                }
            }
        } catch {
            logger.error("The outbox cannot be read; trying again", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// What becomes of those that wait.
    private struct Look {
        var alone: [MessageStore.Message] = []
        /// By route.
        var together: [String: [MessageStore.Message]] = [:]
        var kept: [(id: Int64, until: Instant)] = []
    }

    private func look(at waiting: [MessageStore.Message], of routes: [RouteStore.Route], _ clock: Instant) -> Look {
        var opened: [String: OpenedRoute] = [:]
        for route in routes {
            do {
                opened[route.name] = try open(route)
            } catch {
                // Its messages set out all the same, and their record says what is wrong.
                logger.error("A route cannot be read", metadata: ["route": "\(route.name)", "error": "\(error)"])
            }
        }
        var look = Look()
        for message in waiting {
            let route = opened[message.route]
            switch Turn(message, quiet: route?.quiet ?? .none, folds: route?.folds ?? false, at: clock) {
            case .goes: look.alone.append(message)
            case .goesWithOthers: look.together[message.route, default: []].append(message)
            case .waits(let until): look.kept.append((message.id, until))
            case .follows: break
            }
        }
        return look
    }

    private func admitted(_ look: Look) -> [[MessageStore.Message]] {
        lanes.withLock { lanes in
            let alone = look.alone.filter { lanes.admits($0.id, of: $0.route) }.map { [$0] }
            let together = look.together.map { route, messages in
                let free = Set(lanes.admits(together: messages.map(\.id), of: route))
                return messages.filter { free.contains($0.id) }
            }
            return alone + together.filter { !$0.isEmpty }
        }
    }

    /// The first stands for all.
    private func carry(_ messages: [MessageStore.Message]) async {
        guard let first = messages.first else { return }
        do {
            try await send(messages, of: first.route)
            if lanes.withLock({ $0.finished(first.id, of: first.route) }) { signal.yield() }
        } catch {
            logger.error("A message could not be sent; trying again", metadata: ["error": "\(error)"])
            _ = lanes.withLock { $0.finished(first.id, of: first.route) }
        }
    }

    private func send(_ messages: [MessageStore.Message], of route: String) async throws {
        try await database.write { connection in
            for message in messages { try MessageStore(connection).markTried(message.id) }
        }
        let delivery = try await attempt(messages, of: route)
        let clock = now()
        let decisions = messages.map { message in
            (
                message,
                Persistence.decide(
                    delivery, attempt: message.attempts + 1, created: message.held ?? message.created, now: clock)
            )
        }
        for (message, decision) in decisions { note(decision, message) }
        try await database.write { connection in
            let store = MessageStore(connection)
            for (message, decision) in decisions { try store.record(decision, of: message.id, at: clock) }
        }
    }

    private func note(_ decision: Persistence.Decision, _ message: MessageStore.Message) {
        let details: Logger.Metadata = [
            "message": "\(message.id)", "route": "\(message.route)", "how": "\(decision)",
        ]
        switch decision {
        case .sent: break
        case .sentInstead: logger.notice("Delivered by the second channel", metadata: details)
        case .again, .givenUp: logger.warning("Not delivered", metadata: details)
        }
    }

    private func attempt(_ messages: [MessageStore.Message], of name: String) async throws -> Delivery {
        let (route, told) = try await database.read { connection in
            (
                try RouteStore(connection).route(named: name),
                try messages.compactMap { message in
                    try IncidentSummary(message.incident, in: connection, scope: .everything)
                        .map { (incident: $0, message: message) }
                }
            )
        }
        guard let route else { return .refused(problem: "the route \(name) is no more") }
        guard let first = told.first else { return .refused(problem: "the incident is no more") }
        let opened: OpenedRoute
        do {
            opened = try open(route)
        } catch {
            return .retry(problem: "the route \(name) cannot be read: \(error)", after: .seconds(60))
        }
        let notification = told.count == 1 ? words.one(first, route.language) : words.several(told, route.language)
        let created = messages.map { $0.held ?? $0.created }.min() ?? now()
        let attempts = messages.map(\.attempts).max() ?? 0
        return await opened.send(notification, attempt: attempts + 1, created: created, now: now)
    }
}
