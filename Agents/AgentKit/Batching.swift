package import Logging
internal import ServiceLifecycle
package import Spool
internal import Synchronization
package import Vocabulary
package import Wire

/// Collects what is seen and seals it into the spool: everything each flush interval, states, facts, findings and paths
/// at once.
///
/// Taking is a short locked append and never waits. One loop seals, so sequence numbers follow the order in which
/// things were believed: a restatement read before a change is never numbered after it.
package final class Batching: Service {
    private static let restateEvery = Duration.seconds(300)

    private struct State {
        var open = OpenBatch()
        var ledger = FactLedger()
        var flushInterval = Assignment.defaultFlushInterval
        var restateAt: ContinuousClock.Instant
        var droppedBefore = ClassCounts()
    }

    private let state: Mutex<State>
    private let bell = Bell()
    private let spool: Spool
    private let beliefs: Beliefs
    private let uplink: Bell
    private let time: any Timekeeper
    private let log: Logger

    /// - Parameter uplink: rung when there is something new to send.
    package init(spool: Spool, beliefs: Beliefs, uplink: Bell, time: any Timekeeper, log: Logger) {
        self.spool = spool
        self.beliefs = beliefs
        self.uplink = uplink
        self.time = time
        self.log = log
        state = Mutex(State(restateAt: time.monotonic + Self.restateEvery))
    }

    package func take(_ observation: Observation, _ change: StateChange?) {
        state.withLock { state in
            state.open.take(observation)
            if let change { state.open.take([change]) }
        }
        if change != nil { bell.ring() }
    }

    package func take(_ changes: [StateChange]) {
        guard !changes.isEmpty else { return }
        state.withLock { $0.open.take(changes) }
        bell.ring()
    }

    /// Takes a sheet when its content is news, or was last told a day ago.
    package func take(_ sheet: FactSheet) {
        let sheet = sheet.soundForWire
        let now = time.monotonic
        let isNews = state.withLock { state in
            guard state.ledger.isNews(sheet, at: now) else { return false }
            state.open.take(sheet)
            return true
        }
        if isNews { bell.ring() }
    }

    /// Takes what was found, and what is to be kept with it: both reach the disk in one transaction.
    package func take(_ findings: [Finding], keeping documents: [String: [UInt8]]) {
        guard !findings.isEmpty || !documents.isEmpty else { return }
        state.withLock { $0.open.take(findings.map(\.soundForWire), keeping: documents) }
        if !findings.isEmpty { bell.ring() }
    }

    package func take(_ path: Path) {
        state.withLock { $0.open.take(path) }
        bell.ring()
    }

    /// Says everything believed again with the next seal.
    package func restateSoon() {
        let now = time.monotonic
        state.withLock { $0.restateAt = now }
        bell.ring()
    }

    package func flush(every interval: Duration) {
        state.withLock { $0.flushInterval = interval }
        bell.ring()
    }

    package func run() async {
        await withGracefulShutdownHandler {
            var flushed = time.monotonic
            while !bell.isClosed, !Task.isCancelled {
                await bell.wait(until: flushed + state.withLock { $0.flushInterval }, time)
                let now = time.monotonic
                let isTime = now >= flushed + state.withLock { $0.flushInterval }
                if isTime { flushed = now }
                let sorting = await seal(everything: isTime)
                // Where ten thousand checks change in a minute, most of the time is not spent on sorting.
                if sorting > .zero { await time.sleep(until: time.monotonic + min(sorting * 4, .milliseconds(200))) }
            }
            await seal(everything: true)
        } onGracefulShutdown: {
            self.bell.close()
        }
    }

    /// Seals what there is into the spool; only the loop calls it, one at a time. How long it sorted what is urgent from
    /// what is not.
    @discardableResult
    package func seal(everything: Bool) async -> Duration {
        let now = time.monotonic
        let wall = time.wall
        var (out, restated) = state.withLock { state in
            // Read under the lock: a change taken from here on is numbered after what is restated now.
            let restated = now >= state.restateAt ? beliefs.restated(at: wall) : []
            if now >= state.restateAt { state.restateAt = now + Self.restateEvery }
            defer { state.open = OpenBatch() }
            return (state.open, restated)
        }
        if !everything {
            // Not under the lock: all that measures would wait.
            let samples = out.takeOutSamples()
            state.withLock { $0.open.putBack(samples) }
        }
        let sorting = everything ? .zero : time.monotonic - now
        guard !out.isEmpty || !restated.isEmpty else { return sorting }
        let (reports, lost) = out.sealed(restating: restated, at: wall)
        if lost.total > 0 {
            log.error("reports were lost before they could be sealed", metadata: ["reports": "\(lost.total)"])
            await spool.countLost(lost)
        }
        do {
            try await spool.append(
                reports, replacing: restated.isEmpty ? "" : OpenBatch.restated, keeping: out.documents)
        } catch {
            log.error("reports were lost", metadata: ["reports": "\(reports.count)", "problem": "\(error)"])
        }
        await notice()
        uplink.ring()
        return sorting
    }

    /// After losses, what still holds is said again, so that the collector's picture comes right.
    private func notice() async {
        do {
            let dropped = try await spool.state().dropped
            let now = time.monotonic
            state.withLock { state in
                // Not at once: a disk that stays full would make a circle of it.
                if dropped.states > state.droppedBefore.states {
                    state.restateAt = min(state.restateAt, now + .seconds(5))
                }
                if dropped.facts > state.droppedBefore.facts { state.ledger.forget() }
                state.droppedBefore = dropped
            }
        } catch {
            log.error("the spool does not answer", metadata: ["problem": "\(error)"])
        }
    }
}
