package import Logging
import ServiceLifecycle
package import Storage
import Synchronization
package import Vocabulary
import Wire

/// Takes the journal in order through the engine; what it does and that it was done land in one transaction.
package final class EngineLoop: Service {
    private static let batch = 64

    private let database: Database
    private let now: @Sendable () -> Instant
    private let onReassigned: @Sendable (Set<String>) -> Void
    private let logger: Logger
    private let engine = Mutex(Engine())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    package init(
        database: Database, now: @escaping @Sendable () -> Instant, logger: Logger,
        onReassigned: @escaping @Sendable (Set<String>) -> Void
    ) {
        self.database = database
        self.now = now
        self.logger = logger
        self.onReassigned = onReassigned
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        // What the last run left in the journal waits for nobody's report.
        signal.yield()
    }

    /// Says that the journal has something new.
    package func wake() {
        signal.yield()
    }

    package func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {
            try await applyJournal()
        }
    }

    /// Applies until the journal is empty; a failed commit is tried again, after ever longer pauses.
    package func applyJournal() async throws {
        var pause = Duration.milliseconds(100)
        while !Task.isShuttingDownGracefully {
            do {
                guard try await applyBatch() else { return }
                pause = .milliseconds(100)
            } catch is CancellationError {
                return
            } catch {
                logger.error("The journal could not be applied; trying again", metadata: ["error": "\(error)"])
                engine.withLock { $0 = Engine() }
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(10))
            }
        }
    }

    /// One transaction; false when there was nothing to do.
    private func applyBatch() async throws -> Bool {
        let clock = now()
        let effects = try await database.write { connection -> Engine.Effects? in
            let journal = JournalStore(connection)
            let entries = try journal.pending(limit: Self.batch)
            guard let last = entries.last else { return nil }
            return try self.engine.withLock { engine in
                var all = Engine.Effects()
                for entry in entries {
                    // Intake has decoded it once already; a report that no longer reads was written by another version.
                    let report: Report
                    do {
                        report = try Report(decoding: entry.body)
                    } catch {
                        all.ignored.append("a journalled report of \(entry.agent): \(error)")
                        continue
                    }
                    all.merge(try engine.apply(report, of: entry.agent, received: entry.received, in: connection))
                }
                all.merge(try engine.retireChecks(at: clock, in: connection))
                try journal.remove(upTo: last.id)
                return all
            }
        }
        guard let effects else { return false }
        for problem in Set(effects.ignored).sorted().prefix(20) {
            logger.warning("Ignored", metadata: ["what": "\(problem)"])
        }
        if !effects.reassigned.isEmpty { onReassigned(effects.reassigned) }
        return true
    }
}

extension Engine.Effects {
    package mutating func merge(_ other: Engine.Effects) {
        reassigned.formUnion(other.reassigned)
        ignored += other.ignored
        transitions += other.transitions
        samples += other.samples
    }
}
