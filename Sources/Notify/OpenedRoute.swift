package import Courier
package import Detection
package import Vocabulary

/// A route with its channels ready to send: one attempt by the first and, where that is due, by the second.
package struct OpenedRoute: Sendable {
    package struct Way: Sendable {
        /// What it is called in a file and in the record, e.g. `sms`.
        package var kind: String
        /// Opens it, its secrets included.
        package var open: @Sendable () async throws -> any Channel

        package init(kind: String, open: @escaping @Sendable () async throws -> any Channel) {
            self.kind = kind
            self.open = open
        }

        /// Tries once; what keeps it from being opened is a problem like any other.
        package func send(_ notification: Notification) async -> Delivery {
            let channel: any Channel
            do {
                channel = try await open()
            } catch {
                // A secret that is missing or cannot be opened: somebody may still set it.
                return .retry(problem: "\(error)", after: .seconds(60))
            }
            return await channel.send(notification)
        }
    }

    package var first: Way
    package var second: Way?
    package var quiet: QuietHours
    /// Whether what waited goes in one message.
    package var folds: Bool

    package init(first: Way, second: Way? = nil, quiet: QuietHours = .none, folds: Bool = true) {
        self.first = first
        self.second = second
        self.quiet = quiet
        self.folds = folds
    }

    /// `created` is when the message was made, `attempt` the number of this one, from 1.
    package func send(
        _ notification: Notification, attempt: Int, created: Instant, now: @Sendable () -> Instant
    ) async -> Delivery {
        let first = await first.send(notification)
        guard let second, Fallback.isDue(first, attempt: attempt, created: created, now: now()) else { return first }
        var again = notification
        // Refused is surely not delivered; whatever else went wrong, it may have arrived.
        if case .retry = first { again.isRepeated = true }
        return Fallback.combined(first: first, second: await second.send(again), by: second.kind)
    }
}
