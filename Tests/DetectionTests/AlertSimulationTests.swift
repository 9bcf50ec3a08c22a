import Detection
import Foundation
import Testing
import Vocabulary

/// The engine of alerts over many days of a province with overlapping faults; every rule is looked at after every step.
@Suite struct AlertSimulationTests {
    /// With HAIDANG_LONG=1 a thousand seeds of ten days; else two of one day, in which everything occurs. SEED=n runs one
    /// alone, SEEDS=n so many, SEEDS=m-n those.
    private static let environment = ProcessInfo.processInfo.environment
    private static let isLong = environment["HAIDANG_LONG"] == "1"
    private static let seeds: [UInt64] = {
        if let alone = environment["SEED"].flatMap({ UInt64($0) }) { return [alone] }
        let ends = (environment["SEEDS"] ?? (isLong ? "1000" : "")).split(separator: "-").compactMap { UInt64($0) }
        switch ends.count {
        case 1: return Array(1...max(1, ends[0]))
        case 2: return Array(ends[0]...max(ends[0], ends[1]))
        default: return [18, 22]
        }
    }()
    private static let days = isLong ? 10 : 1

    @Test func holdsToItsRules() async {
        var tests: [AlertRule: Int] = [:]
        var (steps, transitions) = (0, 0)
        for seed in Self.seeds {
            var simulation = AlertSimulation(seed: seed)
            for _ in 0..<Self.days { await simulation.day() }
            await simulation.finish()
            for rule in AlertRule.allCases {
                let failures = simulation.failures[rule]?.joined(separator: "\n") ?? ""
                #expect(failures.isEmpty, "SEED=\(seed): \(rule.rawValue)")
            }
            tests.merge(simulation.tests, uniquingKeysWith: +)
            (steps, transitions) = (steps + simulation.steps, transitions + simulation.transitions)
        }
        let text = AlertRule.allCases.map { "\(tests[$0] ?? 0) × \($0.rawValue)" }.joined(separator: "\n")
        // One day alone may lack a rare thing; of several none is missing.
        #expect(Self.seeds.count == 1 || tests.values.allSatisfy { $0 > 0 }, "\(text)")
        print("\(Self.seeds.count) seeds, \(Self.days) days each: \(steps) steps, \(transitions) transitions\n\(text)")
    }
}
