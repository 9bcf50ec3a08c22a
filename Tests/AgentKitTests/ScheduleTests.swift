import AgentKit
import Testing
import Vocabulary

@Suite struct ScheduleTests {
    let epoch = ContinuousClock.now
    private func name(_ index: Int) -> CheckName { CheckName(asset: "host-\(index)", part: "icmp") }

    private func schedule(_ count: Int, every interval: Duration) -> Schedule {
        var schedule = Schedule(epoch: epoch)
        schedule.replace(
            Dictionary(uniqueKeysWithValues: (0..<count).map { (name($0), interval) }), at: epoch)
        return schedule
    }

    @Test func aThousandChecksSpreadOverTheirSecond() {
        var schedule = schedule(1000, every: .seconds(1))
        for slot in 1...20 {
            let runs = schedule.due(at: epoch + .milliseconds(slot * 50), atMost: 10_000)
            #expect((25...80).contains(runs.count), "slot \(slot): \(runs.count) of 1000")
            for run in runs { schedule.finished(run) }
        }
    }

    /// Then each of them at every turn of its own.
    @Test func tenThousandChecksOfASecondBeginOverTenSeconds() {
        var schedule = schedule(10_000, every: .seconds(1))
        var seen: Set<CheckName> = []
        for second in 0..<10 {
            var begun = 0
            for slot in 1...100 {
                for run in schedule.due(at: epoch + .milliseconds(second * 1000 + slot * 10), atMost: 100_000) {
                    begun += seen.insert(run.name).inserted ? 1 : 0
                    schedule.finished(run)
                }
            }
            #expect((800...1200).contains(begun), "second \(second): \(begun)")
        }
        for second in 10..<13 {
            let runs = (1...100).flatMap { slot in
                let runs = schedule.due(at: epoch + .milliseconds(second * 1000 + slot * 10), atMost: 100_000)
                for run in runs { schedule.finished(run) }
                return runs
            }
            #expect(runs.count == 10_000 && Set(runs).count == 10_000)
        }
        #expect(schedule.skipped == 0 && schedule.missed == 0)
    }

    @Test func everyCheckRunsOnceAnIntervalForever() {
        var schedule = schedule(50, every: .seconds(2))
        var counts: [CheckName: Int] = [:]
        for step in 1...2000 {
            for run in schedule.due(at: epoch + .milliseconds(step * 10), atMost: 10_000) {
                counts[run.name, default: 0] += 1
                schedule.finished(run)
            }
        }
        #expect(counts.count == 50 && counts.values.allSatisfy { $0 == 10 })
        #expect(schedule.skipped == 0 && schedule.missed == 0)
    }

    @Test func aRunStillGoingOnIsSkippedAndCountedButNotABurst() throws {
        var schedule = schedule(1, every: .seconds(1))
        let run = try #require(schedule.due(at: epoch + .seconds(1), atMost: 9).first)
        #expect(schedule.due(at: epoch + .seconds(2), atMost: 9).isEmpty)
        #expect(schedule.skipped == 1)
        schedule.confirming(run)
        #expect(schedule.due(at: epoch + .seconds(3), atMost: 9).isEmpty)
        #expect(schedule.skipped == 1)
        schedule.finished(run)
        #expect(schedule.due(at: epoch + .seconds(4), atMost: 9).count == 1)
    }

    @Test func afterASuspendedHourNothingBursts() {
        var schedule = schedule(200, every: .seconds(1))
        for run in schedule.due(at: epoch + .seconds(1), atMost: 999) { schedule.finished(run) }
        let woken = epoch + .seconds(3600)
        #expect(schedule.due(at: woken, atMost: 999).isEmpty)
        #expect(schedule.missed == 200)
        var total = 0
        for slot in 1...10 {
            let runs = schedule.due(at: woken + .milliseconds(slot * 100), atMost: 999)
            #expect(runs.count < 60)
            total += runs.count
        }
        #expect(total == 200)
    }

    @Test func whatDoesNotFitStaysDue() {
        var schedule = schedule(10, every: .seconds(1))
        #expect(schedule.due(at: epoch + .seconds(1), atMost: 4).count == 4)
        #expect(schedule.due(at: epoch + .seconds(1), atMost: 99).count == 6)
    }

    @Test func aSwapKeepsTheTurnsOfWhatStays() {
        var kept = schedule(5, every: .seconds(10))
        let alone = kept
        kept.replace(
            Dictionary(uniqueKeysWithValues: (0..<300).map { (name($0), .seconds($0 < 5 ? 10 : 7)) }),
            at: epoch + .milliseconds(1))
        func turns(_ schedule: Schedule) -> [CheckName: Int] {
            var schedule = schedule
            var turns: [CheckName: Int] = [:]
            for step in 1...100 {
                for run in schedule.due(at: epoch + .milliseconds(step * 100), atMost: 999) where turns[run.name] == nil
                {
                    turns[run.name] = step
                }
            }
            return turns
        }
        let after = turns(kept)
        #expect(turns(alone).allSatisfy { after[$0.key] == $0.value })
    }

    @Test func aCheckOfOneHourIsFirstAskedWithinHalfAMinute() {
        var schedule = schedule(100, every: .seconds(3600))
        var count = 0
        for second in 1...30 { count += schedule.due(at: epoch + .seconds(second), atMost: 999).count }
        #expect(count == 100)
    }

    @Test func theHashIsTheSameEverywhere() {
        #expect(stableHash("") == 0xcbf2_9ce4_8422_2325)
        #expect(stableHash("foobar") == 0x8594_4171_f739_67e8)
    }
}
