import Detection
import TestSupport
import Testing
import Vocabulary

/// A copied disk is told from a restart, whatever the order of what arrives.
@Suite struct InstanceWatchTests {
    private let here = InstanceWatch.Origin(address: "192.0.2.1", hostname: "web-1")
    private let there = InstanceWatch.Origin(address: "192.0.2.2", hostname: "web-1")

    /// Hears processes five seconds apart; the standing after each.
    private func hear(
        _ numbers: [UInt64], in watch: inout InstanceWatch, from origin: (UInt64) -> InstanceWatch.Origin
    ) -> [InstanceWatch.Standing] {
        numbers.enumerated().map { index, number in
            watch.hear(number, from: origin(number), at: Instant(seconds: 1_700_000_000 + Int64(index) * 5))
        }
    }

    private func isCopy(_ standing: InstanceWatch.Standing) -> Bool {
        if case .copy = standing { return true }
        return false
    }

    @Test(arguments: 0..<50)
    func restartsAreNoCopiesEvenWithAStragglerEach(seed: UInt64) {
        var chance = Dice(seed: seed)
        var numbers: [UInt64] = []
        var stragglers: [UInt64] = []
        for process in UInt64(1)...40 {
            numbers += Array(repeating: process, count: chance.below(6) + 1)
            // The last delivery of the dead comes at any time later, once.
            if chance.below(2) == 0 { stragglers.append(process) }
            if chance.below(2) == 0, let late = stragglers.popLast(), late != process { numbers.append(late) }
        }
        var watch = InstanceWatch()
        let standings = hear(numbers, in: &watch) { $0.isMultiple(of: 3) ? there : here }
        #expect(standings.allSatisfy { $0 == .alone })
    }

    @Test(arguments: 0..<50)
    func twoThatReportAtTheSameTimeAreToldApart(seed: UInt64) {
        var chance = Dice(seed: seed)
        var numbers: [UInt64] = Array(repeating: 1, count: chance.below(10) + 1)
        for _ in 0..<10 {
            numbers += Array(repeating: 2, count: chance.below(3) + 1)
            numbers += Array(repeating: 1, count: chance.below(3) + 1)
        }
        var watch = InstanceWatch()
        let standings = hear(numbers, in: &watch) { $0 == 1 ? here : there }
        // Known once the first has returned twice, and said without a break from then on.
        let changes = zip(numbers, numbers.dropFirst()).enumerated().filter { $0.element.0 == 2 && $0.element.1 == 1 }
        let known = changes[1].offset + 1
        #expect(standings[..<known].allSatisfy { $0 == .alone })
        for (number, standing) in Array(zip(numbers, standings))[known...] {
            #expect(isCopy(standing) == (number == 2))
            if case .original(let others) = standing { #expect(others.map(\.origin) == [there]) }
        }
    }

    @Test func aRestartOfTheOriginalKeepsItsSeat() {
        var watch = InstanceWatch()
        let standings = hear([1, 2, 1, 2, 1, 2, 3, 2, 3, 2], in: &watch) { $0 == 2 ? there : here }
        #expect(standings.suffix(5).map(isCopy) == [true, false, true, false, true])
        // Nor is what it was before called a copy.
        guard case .original(let others) = watch.standing(of: 3) else {
            Issue.record("\(watch.standing(of: 3))")
            return
        }
        #expect(others.map(\.number) == [2])
    }

    @Test func twoBehindOneAddressAreSaidAndTheFirstIsKept() {
        var watch = InstanceWatch()
        let standings = hear([1, 2, 1, 2, 1, 2, 1], in: &watch) { _ in here }
        #expect(standings.suffix(3).map(isCopy) == [false, true, false])
    }

    @Test func whenTheCopyIsGoneTheOriginalIsAloneAgain() {
        var watch = InstanceWatch()
        _ = hear([1, 2, 1, 2, 1], in: &watch) { $0 == 1 ? here : there }
        let begun = Instant(seconds: 1_700_000_020)
        for second in stride(from: Int64(5), through: 290, by: 5) {
            #expect(watch.hear(1, from: here, at: begun + .seconds(second)) != .alone)
        }
        #expect(watch.hear(1, from: here, at: begun + .seconds(400)) == .alone)
        #expect(watch.instances.count == 1)
        // And a later restart does not stand under the old suspicion.
        #expect(watch.hear(3, from: here, at: begun + .seconds(405)) == .alone)
    }

    @Test func memoryIsBounded() {
        var watch = InstanceWatch()
        for number in UInt64(1)...10_000 { _ = watch.hear(number, from: here, at: Instant(seconds: 1)) }
        #expect(watch.instances.count == InstanceWatch.most)
        #expect(watch.instances.last?.number == 10_000)
    }

    @Test func aClockThatGoesBackForgetsNobody() {
        var watch = InstanceWatch()
        for (index, number) in [UInt64(1), 2, 1, 2, 1].enumerated() {
            _ = watch.hear(number, from: here, at: Instant(seconds: 10_000 - Int64(index) * 1000))
        }
        #expect(watch.standing(of: 1) != .alone)
    }
}
