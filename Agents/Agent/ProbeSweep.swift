import AgentKit
import ArgumentParser
import Glibc
import ProbeKit
import Synchronization
import Vocabulary

/// Asks many targets the same question, or each with settings of its own: some at a time, at a steady pace, with a line for each that is worth one.
struct ProbeSweep {
    let kind: ProbeKind
    let targets: Targets
    /// By the targets' order.
    let askings: [Catalogue.Asking]
    let patience: Duration
    /// So many are asked at the same time at most.
    let atOnce: Int
    /// So many are begun in a second at most; 0: as many as can be.
    let rate: Int
    let form: Form

    enum Form {
        /// A line for each target that is not `up`, and a summary.
        case troubles
        /// A line for each target, and a summary.
        case all
        /// A JSON object a line for each target, and nothing else.
        case json
    }

    /// How each target of the file at `path` is asked; refuses one that cannot be, with its line, before any is asked.
    static func askings(
        of targets: Targets, _ path: String, _ kind: ProbeKind, _ catalogue: Catalogue, _ settings: [String: String]
    ) throws -> [Catalogue.Asking] {
        // A setting that every line has of its own may be missing here.
        let isCommon = targets.entries.isEmpty || targets.entries.contains { $0.settings.isEmpty }
        let common = isCommon ? try catalogue.asking(kind, settings: settings) : nil
        return try targets.entries.map { entry in
            do {
                if entry.settings.isEmpty, let common {
                    try common.validate(entry.target)
                    return common
                }
                let own = try ProbeCommand.values(of: entry.settings)
                let asking = try catalogue.asking(kind, settings: settings.merging(own) { $1 })
                try asking.validate(entry.target)
                return asking
            } catch {
                throw ValidationError("\(path):\(entry.line): \(error)")
            }
        }
    }

    /// Asks all of them; what came of it in numbers.
    func run() async -> SweepSummary {
        let start = ContinuousClock.now
        let progress = SweepProgress(total: targets.entries.count)
        // All of it runs where the answers come: one kind of question, so for all of them where it is for the first.
        let executor = askings.first.flatMap { $0.question(toValidated: targets.entries[0].target).executor }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, min(atOnce, targets.entries.count)) {
                group.addTask(executorPreference: executor) {
                    while let index = progress.next() { await ask(index, since: start, progress) }
                }
            }
        }
        progress.clear()
        return progress.summary(after: ContinuousClock.now - start)
    }

    private func ask(_ index: Int, since start: ContinuousClock.Instant, _ progress: SweepProgress) async {
        let entry = targets.entries[index]
        if rate > 0 {
            let turn = start + .seconds(1) * index / rate
            if turn > .now { await SystemTime().sleep(until: turn) }
        }
        let (time, began) = (SystemTime().wall, ContinuousClock.now)
        let answer = await askings[index].question(toValidated: entry.target).ask(began + patience)
        if case .troubles = form, answer.outcome.state == .up {
            progress.took(answer, nil)
            return
        }
        let report = ProbeReport(
            kind: kind, target: entry.text, time: time, duration: ContinuousClock.now - began, answer: answer)
        if case .json = form {
            progress.took(answer, report.json)
        } else {
            progress.took(answer, report.line)
        }
    }
}

/// What came of a sweep.
struct SweepSummary {
    var states: [State: Int]
    var duration: Duration
    /// Of each target that has one, in order.
    var roundTrips: [Duration]

    var text: String {
        let count = states.values.reduce(0, +)
        let parts = State.allCases.compactMap { state in
            states[state].map { "\($0) \(state.word)" }
        }
        var text = "\(count) asked in \(duration.inSeconds.decimal(places: 2)) s: \(parts.joined(separator: ", "))"
        if let least = roundTrips.first, let most = roundTrips.last {
            let median = roundTrips[roundTrips.count / 2]
            let late = roundTrips[min(roundTrips.count - 1, roundTrips.count * 99 / 100)]
            text += "; round trip \(least.milliseconds(places: 2)), median \(median.milliseconds(places: 2)), "
            text += "99 of 100 below \(late.milliseconds(places: 2)), most \(most.milliseconds(places: 2))"
        }
        return text
    }

    /// As the Nagios plug-ins have it, of the worst: 2 down, 3 unknown, 1 degraded, 0 up.
    var status: Int32 {
        let worst = [State.down, .unknown, .degraded].first { states[$0] != nil }
        return Int32(worst?.rawValue ?? 0)
    }
}

/// What is known while a sweep goes on, and the bar that shows it where somebody watches.
final class SweepProgress: Sendable {
    private struct Inner {
        var next = 0
        var done = 0
        var states: [State: Int] = [:]
        var roundTrips: [Duration] = []
        var shown = 0
    }

    private let total: Int
    private let inner = Mutex(Inner())
    private let isWatched = isatty(2) == 1

    init(total: Int) {
        self.total = total
    }

    /// The next target to ask; nil when all have been taken.
    func next() -> Int? {
        inner.withLock { inner in
            guard inner.next < total else { return nil }
            defer { inner.next += 1 }
            return inner.next
        }
    }

    /// Counts an answer, and prints its line; lines of several do not mix.
    func took(_ answer: Answer, _ line: String?) {
        inner.withLock { inner in
            inner.done += 1
            inner.states[answer.outcome.state, default: 0] += 1
            if let roundTrip = answer.roundTrip { inner.roundTrips.append(roundTrip) }
            if let line {
                if isWatched { show("\r\u{1B}[K") }
                print(line)
                if isWatched { fflush(nil) }
            }
            guard isWatched, line != nil || inner.done * 200 / total != inner.shown else { return }
            inner.shown = inner.done * 200 / total
            let filled = inner.done * 40 / total
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 40 - filled)
            show("\r\(bar) \(inner.done) of \(total)")
        }
    }

    func clear() {
        if isWatched { show("\r\u{1B}[K") }
    }

    private func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }

    func summary(after duration: Duration) -> SweepSummary {
        inner.withLock { SweepSummary(states: $0.states, duration: duration, roundTrips: $0.roundTrips.sorted()) }
    }
}
