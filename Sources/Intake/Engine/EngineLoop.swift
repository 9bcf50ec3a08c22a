package import Logging
import ServiceLifecycle
package import Storage
import Synchronization
package import Vocabulary
import Wire

/// Takes the journal through the engine; what it does and that it was done land in one transaction.
package final class EngineLoop: Service {
    /// Reports in one transaction, and bytes of them: while it lasts nobody else writes, and no agent gets an answer.
    private static let batch = (reports: 64, bytes: 128 << 10)
    /// More are looked at than applied, so that what is urgent is found while a backlog lies before it.
    private static let looks = 128

    private let database: Database
    private let now: @Sendable () -> Instant
    private let onReassigned: @Sendable (Set<String>) -> Void
    private let onMessages: @Sendable () -> Void
    private let silence: Mutex<SilenceWatch>
    private let running: @Sendable () -> ContinuousClock.Instant
    private let clock: Mutex<ClockStep>
    private let logger: Logger
    private let engine = Mutex(Engine())
    private let lanes = Mutex(JournalLanes())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// `running` is a clock that nobody sets: against it a set wall clock is noticed.
    package init(
        database: Database, now: @escaping @Sendable () -> Instant,
        running: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, logger: Logger,
        onReassigned: @escaping @Sendable (Set<String>) -> Void,
        onMessages: @escaping @Sendable () -> Void
    ) {
        self.database = database
        self.now = now
        self.logger = logger
        self.onReassigned = onReassigned
        self.onMessages = onMessages
        self.running = running
        silence = Mutex(SilenceWatch(started: now()))
        clock = Mutex(ClockStep(wall: now(), running: running()))
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        // What the last run left in the journal waits for nobody's report.
        signal.yield()
    }

    /// Forgets what it holds in memory: somebody else has changed checks.
    package func forget() {
        engine.withLock { $0 = Engine() }
    }

    /// Says that the journal has something new.
    package func wake() {
        signal.yield()
    }

    package func run() async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await self.tick() }
            for await _ in signals.cancelOnGracefulShutdown() {
                try await applyJournal()
                try await watch()
            }
            group.cancelAll()
        }
    }

    /// Once a second, and when something is due: patience runs out and agents fall silent while nobody reports.
    private func tick() async throws {
        while !Task.isCancelled {
            do {
                let due = engine.withLock { $0.nextDue }
                let wait = due.map { $0 - now() } ?? .seconds(1)
                try await Task.sleep(for: min(max(wait, .milliseconds(50)), .seconds(1)))
            } catch {
                return
            }
            signal.yield()
        }
    }

    /// Does what time alone brings; a transaction only when there is something to do.
    package func watch() async throws {
        let clock = now()
        do {
            try await followClock(at: clock)
            let silence = silence.withLock { $0 }
            let isDue = engine.withLock { $0.nextDue.map { $0 <= clock } ?? false }
            let isNeeded = try await database.read { connection in
                try isDue || silence.hasWork(at: clock, in: connection)
                    || Engine.hasSpentChecks(at: clock, in: connection)
            }
            guard isNeeded else { return }
            let effects = try await database.write { connection in
                try self.engine.withLock { engine in
                    let effects = try engine.retireChecks(at: clock, in: connection)
                    try engine.pass(to: clock, silence: silence, in: connection)
                    return effects
                }
            }
            if !effects.reassigned.isEmpty { onReassigned(effects.reassigned) }
            onMessages()
        } catch is CancellationError {
            return
        } catch {
            // The next second tries again; nothing was half done.
            logger.error("Due alerts could not be told", metadata: ["error": "\(error)"])
            engine.withLock { $0 = Engine() }
        }
    }

    private func followClock(at wall: Instant) async throws {
        let (before, running) = (clock.withLock { $0 }, running())
        let step = clock.withLock { $0.look(wall: wall, running: running) }
        guard let step else { return }
        do {
            try await database.write { try ClockStep.follow(step, in: $0) }
        } catch {
            // Nothing was moved: the next look has to see the step again.
            clock.withLock { $0 = before }
            throw error
        }
        silence.withLock { $0.follow(step) }
        engine.withLock { $0 = Engine() }
        logger.warning("The clock of this machine was set", metadata: ["by": "\(step)"])
    }

    /// Applies until the journal is empty; a failed commit is tried again, after ever longer pauses.
    package func applyJournal() async throws {
        var pause = Duration.milliseconds(100)
        while !Task.isShuttingDownGracefully {
            do {
                guard try await applyBatch() else { return }
                pause = .milliseconds(100)
            } catch is CancellationError {
                lanes.withLock { $0 = JournalLanes() }
                return
            } catch {
                logger.error("The journal could not be applied; trying again", metadata: ["error": "\(error)"])
                engine.withLock { $0 = Engine() }
                lanes.withLock { $0 = JournalLanes() }
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(10))
            }
        }
    }

    /// One transaction; false when there was nothing to do.
    private func applyBatch() async throws -> Bool {
        let effects = try await database.write { connection -> Engine.Effects? in
            let entries = try self.takeBatch(of: JournalStore(connection))
            guard !entries.isEmpty else { return nil }
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
                return all
            }
        }
        guard let effects else { return false }
        for problem in Set(effects.ignored).sorted().prefix(20) {
            logger.warning("Ignored", metadata: ["what": "\(problem)"])
        }
        if !effects.reassigned.isEmpty { onReassigned(effects.reassigned) }
        if effects.transitions > 0 { onMessages() }
        return true
    }
}

extension EngineLoop {
    /// What to apply now, taken out of the journal in the transaction that applies it; at least one report if any.
    private func takeBatch(of journal: JournalStore) throws -> [JournalStore.Entry] {
        try lanes.withLock { lanes in
            for entry in try journal.pending(after: lanes.last, limit: Self.looks) {
                lanes.enter(entry.id, isUrgent: Report.isUrgent(entry.body))
            }
            var batch: [JournalStore.Entry] = []
            var bytes = 0
            while batch.count < Self.batch.reports, bytes < Self.batch.bytes, let id = lanes.next() {
                guard let entry = try journal.entry(id) else { continue }
                try journal.remove(id)
                bytes += entry.body.count
                batch.append(entry)
            }
            return batch
        }
    }
}

extension Engine.Effects {
    package mutating func merge(_ other: Engine.Effects) {
        reassigned.formUnion(other.reassigned)
        ignored += other.ignored
        transitions += other.transitions
        samples += other.samples
        findings += other.findings
    }
}
