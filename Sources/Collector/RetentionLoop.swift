import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Deletes what is past its time, a little at a time, so that nobody waits for it.
struct RetentionLoop: Service {
    private static let rows = 20_000

    let database: Database
    let now: @Sendable () -> Instant
    let logger: Logger

    func run() async throws {
        while !Task.isShuttingDownGracefully {
            let clock = now()
            do {
                let deleted = try await database.write { connection in
                    try SeriesStore(connection).expire(.init(), now: clock, limit: Self.rows)
                }
                // A full batch means that more is waiting; then soon again.
                try await cancelWhenGracefulShutdown {
                    try await Task.sleep(for: deleted == Self.rows ? .seconds(1) : .seconds(600))
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error("Old samples could not be deleted", metadata: ["error": "\(error)"])
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
            }
        }
    }
}
