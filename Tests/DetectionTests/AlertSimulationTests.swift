import Detection
import Foundation
import Testing
import Vocabulary

/// The engine of alerts over many days of a province with overlapping faults; every rule is looked at after every step.
@Suite struct AlertSimulationTests {
    /// With HAIDANG_LONG=1 a thousand seeds of ten days; else two of one day, in which everything occurs. SEED=n runs one
    /// alone.
    private static let environment = ProcessInfo.processInfo.environment
    private static let isLong = environment["HAIDANG_LONG"] == "1"
    private static let seeds: [UInt64] =
        environment["SEED"].flatMap { UInt64($0) }.map { [$0] } ?? Array(isLong ? 1...1000 : 3...4)
    private static let days = isLong ? 10 : 1

    @Test func holdsToItsRules() async {
        var counts: [String: Int] = [:]
        for seed in Self.seeds {
            var simulation = AlertSimulation(seed: seed)
            for _ in 0..<Self.days { await simulation.day() }
            await simulation.finish()
            let failures = simulation.failures.prefix(3).joined(separator: "\n")
            #expect(simulation.failures.isEmpty, "SEED=\(seed): \(failures)")
            counts.merge(simulation.counts, uniquingKeysWith: +)
        }
        let text = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        // One day alone may lack a rare thing; of several none is missing.
        #expect(Self.seeds.count == 1 || counts.values.allSatisfy { $0 > 0 }, "\(text)")
        print("\(Self.seeds.count) seeds, \(Self.days) days each: \(text)")
    }
}
