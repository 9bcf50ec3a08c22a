import CollectorWatch
import Courier
import TestSupport
import Testing
import Vocabulary

/// A collector, an agent and two receivers that fail, are killed and come back by chance, second by second.
private struct World {
    struct Arrival {
        var second: Int
        var isProblem: Bool
        var since: Instant
    }

    static let epoch = Instant(seconds: 1_700_000_000)
    static let patience = 40
    private var chance: Dice
    private let start = ContinuousClock.now
    private var man: DeadMan
    private var second = 0
    private var disk = ""
    private var started = 0
    private(set) var heard = 0
    private var isCollectorUp = true
    private var isNetworkUp = true
    private var takes = ["webhook": true, "mail": true]
    private(set) var arrivals: [String: [Arrival]] = ["webhook": [], "mail": []]
    /// A kill while something was under way to that receiver; until then nothing may come twice.
    private(set) var doubts: [String: Int] = ["webhook": 0, "mail": 0]
    private(set) var violations: [String] = []
    private(set) var problems = 0

    init(seed: UInt64) {
        chance = Dice(seed: seed)
        man = DeadMan(
            patience: .seconds(Self.patience), ways: ["webhook", "mail"], monotonic: start, wall: Self.epoch)
    }

    private var now: ContinuousClock.Instant { start + .seconds(second) }
    private var wall: Instant { Self.epoch + .seconds(second) }
    var isAllSaid: Bool { disk.isEmpty }

    /// By chance everything changes; `calm`: everything works and stays so.
    mutating func pass(isCalm: Bool = false) throws {
        second += 1
        if isCalm {
            (isCollectorUp, isNetworkUp, takes) = (true, true, ["webhook": true, "mail": true])
        } else {
            if chance.hits(60) { isCollectorUp.toggle() }
            if chance.hits(150) { isNetworkUp.toggle() }
            for way in ["webhook", "mail"] where chance.hits(40) { takes[way]?.toggle() }
            if chance.hits(90) { try restart() }
        }
        if isCalm || chance.hits(5) { ask() }
        man.look(at: now)
        keep()
        if man.due(at: now).contains(where: \.isProblem) { ask() }
        for errand in man.due(at: now) { try attempt(errand, isKilled: !isCalm && chance.hits(12)) }
    }

    private mutating func ask() {
        guard isCollectorUp, isNetworkUp else { return }
        heard = second
        man.heard(monotonic: now, wall: wall)
        keep()
    }

    private mutating func keep() {
        disk = man.ledger.text
    }

    private mutating func restart() throws {
        second += chance.below(70)
        started = second
        man = DeadMan(
            patience: .seconds(Self.patience), ways: ["webhook", "mail"], ledger: try DeadManLedger(disk),
            monotonic: now, wall: wall)
    }

    private mutating func attempt(_ errand: DeadMan.Errand, isKilled: Bool) throws {
        guard man.due(at: now).contains(errand) else { return }
        man.begin(errand)
        keep()
        let isTaken = isNetworkUp && takes[errand.way] == true
        if isTaken { arrive(errand) }
        if isKilled {
            doubts[errand.way, default: 0] += 1
            return try restart()
        }
        man.end(errand, isTaken ? .delivered : .retry(problem: "lost", after: nil), at: now)
        keep()
    }

    private mutating func arrive(_ errand: DeadMan.Errand) {
        let last = arrivals[errand.way]?.last
        let doubt = doubts[errand.way] ?? 0
        if errand.isProblem {
            problems += 1
            if second - heard < Self.patience { violations.append("\(second): told after \(second - heard) s") }
            if second - started < Self.patience / 2 { violations.append("\(second): told just after a start") }
        } else if last?.isProblem != true, doubt == 0 {
            violations.append("\(second): an end without a beginning")
        }
        if let last, last.isProblem == errand.isProblem, last.since == errand.since {
            if doubt == 0 { violations.append("\(second): said twice") }
            if !errand.isRepeated { violations.append("\(second): a repetition without its mark") }
        }
        if last?.isProblem != errand.isProblem { doubts[errand.way] = 0 }
        arrivals[errand.way]?.append(Arrival(second: second, isProblem: errand.isProblem, since: errand.since))
    }
}

extension Dice {
    fileprivate mutating func hits(_ oneIn: Int) -> Bool { below(oneIn) == 0 }
}

@Suite struct DeadManPropertyTests {
    @Test func whateverHappensEachSilenceIsToldOnceAndTakenBack() throws {
        var problems = 0
        var wrong: [String] = []
        for seed in UInt64(1)...400 {
            var world = World(seed: seed)
            for _ in 0..<2000 { try world.pass() }
            for _ in 0..<400 { try world.pass(isCalm: true) }
            wrong += world.violations.map { "seed \(seed), second \($0)" }
            for (way, arrivals) in world.arrivals where arrivals.last?.isProblem == true {
                wrong.append("seed \(seed): \(way) was left with a silence")
            }
            if !world.isAllSaid { wrong.append("seed \(seed): something is still owed") }
            problems += world.problems
        }
        #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(10).joined(separator: "; "))")
        #expect(problems > 1000, "too little happened: \(problems)")
    }
}
