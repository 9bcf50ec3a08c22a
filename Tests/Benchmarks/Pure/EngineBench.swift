import Detection
import Glibc
import ProbeKit
import ProbeSettings
import Vocabulary

/// The rooms that decide, by themselves: `engine-bench CHECKS` prints, as JSON, what one core does in a second of its own
/// time, and what a check holds in memory.
@main enum EngineBench {
    static let checks = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 10_000
    static let start = Instant(seconds: 1_700_000_000)

    /// Seconds of processor time so far.
    static func spent() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// What this process holds in memory of its own.
    static func resident() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
            separator: " ")
        guard words.count > 2, let pages = Int(words[1]), let shared = Int(words[2]) else { return 0 }
        return (pages - shared) * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Answers of calm checks, one in fifty lost: each is a reply and, where it was lost, a burst.
    static func beliefs() -> (perSecond: Double, bytes: Int) {
        let rounds = 200
        let before = resident()
        var held = (0..<checks).map {
            Belief(
                check: CheckName(asset: "service-\($0)", part: "icmp"), confirmation: .of("icmp"),
                tolerances: Tolerances())
        }
        let (up, lost) = (Outcome.up, Outcome.down(Reason("no-reply")))
        var random: UInt64 = 1
        let begun = spent()
        for round in 0..<rounds {
            let asked = start + .seconds(round)
            for index in held.indices {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let isLost = random >> 32 % 50 == 0
                let took = isLost ? Duration.seconds(2) : .milliseconds(12)
                _ = held[index].apply(Reply(asked: asked, took: took, outcome: isLost ? lost : up), chance: 0.5)
            }
        }
        let seconds = spent() - begun
        return (Double(rounds * checks) / seconds, (resident() - before) / checks)
    }

    /// All checks of a flat province down within a second, told, and up again within a second.
    static func alerts() -> (perSecond: Double, tellings: Int, longest: Double) {
        var assets: [Int64: Dependencies.Asset] = [:]
        var beliefs: [Subject: AlertEngine.Belief] = [:]
        for id in 1...Int64(checks) {
            assets[id] = .init(importance: .core, reach: [.check(id)])
            beliefs[.check(id)] = .init(.up, since: start)
        }
        var engine = AlertEngine(dependencies: Dependencies(assets), beliefs: beliefs)
        var (tellings, longest) = (0, 0.0)
        func take(_ effects: [Effect]) {
            for case .tell in effects { tellings += 1 }
        }
        func pass(to now: Instant) {
            let begun = spent()
            if let due = engine.nextDue, due <= now { take(engine.pass(to: now)) }
            longest = max(longest, spent() - begun)
        }
        let begun = spent()
        for (outcome, at) in [(Outcome.down(Reason("refused")), start), (.up, start + .seconds(60))] {
            for id in 1...Int64(checks) {
                let now = at + .microseconds(Int64(1_000_000) * id / Int64(checks))
                let news = AlertEngine.News(outcome, of: .check(id), asset: id, since: now, confirmed: now)
                take(engine.take(news, at: now))
                if id % 500 == 0 { pass(to: now) }
            }
            for tick in 0..<200 { pass(to: at + .seconds(1) + .milliseconds(50 * tick)) }
        }
        return (Double(2 * checks) / (spent() - begun), tellings, longest)
    }

    static func main() {
        let (answers, bytes) = beliefs()
        let (changes, tellings, longest) = alerts()
        print(
            """
            {"answers a second through beliefs": \(Int(answers)), "bytes of a belief": \(bytes), \
            "changes a second through the engine of alerts": \(Int(changes)), "tellings": \(tellings), \
            "milliseconds of its longest look at the clock": \(Int(longest * 1000))}
            """)
    }
}
