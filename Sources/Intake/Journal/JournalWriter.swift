import ServiceLifecycle
package import Storage
import Synchronization
package import Vocabulary

/// Makes reports durable: whatever waits while one commit is under way goes into the next one together.
package final class JournalWriter: Service {
    /// One delivery of an agent, decompressed and checked.
    package struct Arrival: Sendable {
        package var agent: String
        package var stream: UInt64
        package var received: Instant
        /// The agent's clock minus ours.
        package var clockOffset: Duration
        package var presence: [UInt8]?
        package var reports: [(sequence: UInt64, body: [UInt8])]

        package init(
            agent: String, stream: UInt64, received: Instant, clockOffset: Duration, presence: [UInt8]?,
            reports: [(sequence: UInt64, body: [UInt8])]
        ) {
            self.agent = agent
            self.stream = stream
            self.received = received
            self.clockOffset = clockOffset
            self.presence = presence
            self.reports = reports
        }
    }

    private struct Waiting {
        var arrival: Arrival
        var done: CheckedContinuation<Void, any Error>
    }

    private let database: Database
    private let onCommit: @Sendable () -> Void
    private let waiting = Mutex<[Waiting]>([])
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// `onCommit` is called after each commit that brought something new.
    package init(database: Database, onCommit: @escaping @Sendable () -> Void) {
        self.database = database
        self.onCommit = onCommit
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Returns when everything of the arrival is durable; what was known already is not kept twice.
    package func append(_ arrival: Arrival) async throws {
        try await withCheckedThrowingContinuation { done in
            waiting.withLock { $0.append(Waiting(arrival: arrival, done: done)) }
            signal.yield()
        }
    }

    package func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {
            await commitWaiting()
        }
        // Connections have been closed by now; whoever still waits gets an answer all the same.
        await commitWaiting()
    }

    private func commitWaiting() async {
        let batch = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard !batch.isEmpty else { return }
        let arrivals = batch.map(\.arrival)
        do {
            let isNews = try await database.write { connection in
                let journal = JournalStore(connection)
                let agents = AgentStore(connection)
                var isNews = false
                for arrival in arrivals {
                    for report in arrival.reports {
                        let added = try journal.append(
                            agent: arrival.agent, stream: arrival.stream, sequence: report.sequence,
                            received: arrival.received, body: report.body)
                        isNews = added || isNews
                    }
                    if let presence = arrival.presence {
                        try agents.wasSeen(
                            arrival.agent, at: arrival.received, clockOffset: arrival.clockOffset, presence: presence)
                    }
                }
                return isNews
            }
            for entry in batch { entry.done.resume() }
            if isNews { onCommit() }
        } catch {
            for entry in batch { entry.done.resume(throwing: error) }
        }
    }
}
