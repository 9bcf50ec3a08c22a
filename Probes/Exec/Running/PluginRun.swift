import Glibc
import Sockets
import Vocabulary

/// Reads what a plug-in prints and waits for its end, or makes an end of it.
struct PluginRun: Sendable {
    private enum Part: Sendable {
        /// How it ended, and whether it is gone.
        case ended(ExecVerdict.Ending?, isGone: Bool)
        case output(Captured)
        case errors(Captured)
        case moment
    }

    private let process: PluginProcess
    private let poller: Poller
    private let begin: ContinuousClock.Instant
    /// When its time is over; what is left until the deadline is for ending it.
    private let patience: ContinuousClock.Instant
    private let mercy: ContinuousClock.Instant
    private let deadline: ContinuousClock.Instant
    private let linger: Duration

    init(
        _ process: PluginProcess, poller: Poller, begin: ContinuousClock.Instant, deadline: ContinuousClock.Instant,
        linger: Duration
    ) {
        self.process = process
        self.poller = poller
        self.begin = begin
        self.deadline = deadline
        self.linger = linger
        let grace = min(.milliseconds(600), begin.duration(to: deadline) / 4)
        patience = deadline - grace
        mercy = deadline - grace / 3
    }

    /// What came of it, and whether its status was taken: what was killed just now may still be there.
    func outcome() async -> (PluginEngine.Result, isGone: Bool) {
        var (ending, isGone) = (ExecVerdict.Ending?.none, false)
        var (output, errors) = (Captured(limit: 0), Captured(limit: 0))
        var took = Duration.zero
        await withTaskGroup(of: Part.self) { group in
            group.addTask { await end() }
            group.addTask {
                .output(await Captured.all(of: process, errors: false, poller, limit: ExecVerdict.keptOutput))
            }
            group.addTask {
                .errors(await Captured.all(of: process, errors: true, poller, limit: ExecVerdict.keptErrors))
            }
            var missing = 3
            while missing > 0, let part = await group.next() {
                switch part {
                case .ended(let found, let gone):
                    (ending, isGone) = (found, gone)
                    took = begin.duration(to: .now)
                    // What left its group may hold the pipes for ever: what was printed by now is all.
                    group.addTask { [poller, linger] in
                        _ = await poller.sleep(until: min(deadline, .now + linger))
                        return .moment
                    }
                    missing -= 1
                case .output(let captured):
                    output = captured
                    missing -= 1
                case .errors(let captured):
                    errors = captured
                    missing -= 1
                case .moment: group.cancelAll()
                }
            }
            group.cancelAll()
        }
        guard let ending else { return (.refused(Reason("cancelled")), isGone) }
        let printed = ExecVerdict.Printed(output: output.bytes, errors: errors.bytes, dropped: output.dropped)
        return (.ran(ending, printed, took: took), isGone)
    }

    /// Waits until it ends, and ends it when its time is over: with a word first, so that it can put things in order.
    private func end() async -> Part {
        switch await poller.wait(for: .readable, of: process.end, until: patience) {
        case .ready: return .ended(bury(), isGone: true)
        case .expired: break
        case .cancelled, .closed, .refused:
            process.signal(SIGKILL)
            return .ended(nil, isGone: process.reap() != nil)
        }
        process.signal(SIGTERM)
        _ = await poller.wait(for: .readable, of: process.end, until: mercy)
        // Those that it started, too, also where it has ended by itself.
        process.signal(SIGKILL)
        let wake = await poller.wait(for: .readable, of: process.end, until: deadline)
        let isGone = process.reap() != nil
        return .ended(wake == .cancelled ? nil : .outlived(begin.duration(to: patience)), isGone: isGone)
    }

    /// Takes its status. What it left behind in its group ends with it; before its status is taken nobody else can have
    /// its number.
    private func bury() -> ExecVerdict.Ending? {
        process.signal(SIGKILL)
        return process.reap()
    }
}
