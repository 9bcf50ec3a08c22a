import Glibc
import ProbeKit
import ProbeSettings
import TestSupport
import Vocabulary

/// A line that loses packets as told, on virtual time.
struct VirtualLine {
    /// Lost by chance.
    var loss = 0.0
    /// Gilbert and Elliott: breaks in which everything is lost, of that mean length, with that mean time between.
    var breaks: (length: Double, gap: Double)?
    var roundTrip = 0.012
    /// From when to when nothing comes through at all.
    var cuts: [ClosedRange<Double>] = []

    private var isBroken = false
    private var next = 0.0

    init(loss: Double = 0, breaks: (length: Double, gap: Double)? = nil, cuts: [ClosedRange<Double>] = []) {
        self.loss = loss
        self.breaks = breaks
        self.cuts = cuts
    }

    /// Whether a packet that leaves at `time` comes back; times never go back.
    mutating func answers(at time: Double, _ random: inout Dice) -> Bool {
        if let breaks {
            if next == 0 { next = time + random.exponential(breaks.gap) }
            while next <= time {
                isBroken.toggle()
                next += random.exponential(isBroken ? breaks.length : breaks.gap)
            }
        }
        while let cut = cuts.first, cut.upperBound < time { cuts.removeFirst() }
        let isCut = cuts.first?.contains(time) ?? false
        let isLost = random.unit() < loss
        return !isCut && !isBroken && !isLost
    }
}

/// One check on a virtual line: the belief and the inquiries as the agent runs them, without any clock.
struct VirtualCheck {
    private enum Event {
        case turn
        case answered(Int, Double, Bool)
        case overdue(Int, Double)
        case pauseOver
    }

    static let interval = 1.0
    static let timeout = 1.0

    var belief: Belief
    var line: VirtualLine
    var random: Dice
    /// What was told, with the time in seconds.
    private(set) var changes: [(time: Double, change: StateChange)] = []
    private(set) var asks = 0
    private(set) var now = 0.0
    private var events: [(time: Double, event: Event)] = []
    private var inquiry: Inquiry?
    private var patience: Duration?

    init(
        _ line: VirtualLine, seed: UInt64, tolerances: Tolerances? = Tolerances(), kind: ProbeKind = "icmp"
    ) {
        self.line = line
        random = Dice(seed: seed)
        belief = Belief(
            check: CheckName(asset: "site", part: "icmp"), confirmation: .of(kind), tolerances: tolerances)
        at(random.unit() * Self.interval, .turn)
    }

    mutating func run(until end: Double) {
        while let first = events.last, first.time < end {
            events.removeLast()
            now = first.time
            take(first.event)
        }
    }

    /// Few at a time, so that a list in order will do; the earliest is the last.
    private mutating func at(_ time: Double, _ event: Event) {
        let place = events.lastIndex { $0.time >= time }.map { $0 + 1 } ?? 0
        events.insert((time, event), at: place)
    }

    private mutating func take(_ event: Event) {
        switch event {
        case .turn:
            at(now + Self.interval, .turn)
            guard inquiry == nil else { return }
            inquiry = Inquiry(overlapping: belief.overlaps)
            patience = belief.patience
            ask()
        case .pauseOver:
            guard inquiry?.pauseEnds() == true else { return close() }
            ask()
            if let pause = inquiry?.nextPause() { at(now + pause.inSeconds, .pauseOver) }
        case .overdue(let number, let asked):
            guard inquiry?.isOverdue(number) == true else { return }
            heed(belief.overdue(asked: instant(asked), at: instant(now), chance: random.unit()))
        case .answered(let number, let asked, let came):
            guard let inquiry, inquiry.isOpen(number) else { return }
            let isScheduled = inquiry.isScheduled(number)
            let wasOverdue = self.inquiry?.end(number) ?? false
            let took = Duration.microseconds(Int64((now - asked) * 1e6))
            heed(
                belief.apply(
                    Reply(
                        asked: instant(asked), took: took, outcome: came ? .up : .down(Reason("no-reply")),
                        roundTrip: came ? took : nil, isScheduled: isScheduled, wasOverdue: wasOverdue),
                    chance: random.unit()))
        }
        close()
    }

    private mutating func ask() {
        guard let number = inquiry?.ask() else { return }
        asks += 1
        let comes = line.answers(at: now, &random) && line.roundTrip < Self.timeout
        at(now + (comes ? line.roundTrip : Self.timeout), .answered(number, now, comes))
        if !comes || line.roundTrip > patience?.inSeconds ?? 9, let patience, patience.inSeconds < Self.timeout {
            at(now + patience.inSeconds, .overdue(number, now))
        }
    }

    private mutating func heed(_ decision: Belief.Decision) {
        if let change = decision.change { changes.append((now, change)) }
        if let pause = inquiry?.heed(decision.pause) { at(now + pause.inSeconds, .pauseOver) }
    }

    private mutating func close() {
        if inquiry?.isOver == true { inquiry = nil }
    }

    private func instant(_ time: Double) -> Instant { Instant(microseconds: Int64(time * 1e6)) }
}

extension Dice {
    /// From 0 up to and without 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// With that mean.
    mutating func exponential(_ mean: Double) -> Double { -mean * log(1 - unit()) }
}
