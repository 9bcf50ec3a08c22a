import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Deletes what is past its time, a little at a time, so that nobody waits for it.
struct RetentionLoop: Service {
    private static let rows = 20_000
    /// Why there was a message, or none, is asked soon after or never.
    private static let decisions = Duration.seconds(90 * 86_400)

    let database: Database
    let now: @Sendable () -> Instant
    let logger: Logger

    func run() async throws {
        while !Task.isShuttingDownGracefully {
            let clock = now()
            do {
                let deleted = try await database.write { connection in
                    let samples = try SeriesStore(connection).expire(.init(), now: clock, limit: Self.rows)
                    let decisions = try DecisionStore(connection).expire(
                        before: clock - Self.decisions, limit: Self.rows)
                    return max(samples, decisions)
                }
                // A full batch means that more is waiting; then soon again.
                try await cancelWhenGracefulShutdown {
                    try await Task.sleep(for: deleted == Self.rows ? .seconds(1) : .seconds(600))
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error("Old samples and decisions could not be deleted", metadata: ["error": "\(error)"])
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
            }
        }
    }
}
