import Detection
import TestSupport
import Testing
import Vocabulary

/// A record says at every moment what asking the changes one by one would say.
@Suite struct RecordMomentsTests {
    @Test(arguments: 1...100 as ClosedRange<UInt64>) func everyMomentIsWhatTheChangesSay(seed: UInt64) {
        var dice = Dice(seed: seed)
        let check = CheckName(asset: "site", part: "icmp")
        let silence = Reason("agent-silent")
        let outcomes: [Outcome] = [.up, .down(Reason("no-reply")), .degraded(Reason("slow"))]
        // What was seen, and silences with their ends, one after another.
        var changes = (0..<dice.below(12)).map { _ in
            let since = Instant(seconds: Int64(dice.below(1000)))
            return StateChange(
                check: check, outcome: dice.pick(outcomes), since: since, confirmed: since + .seconds(2), runs: 4)
        }
        let turns = (0..<dice.below(6)).map { _ in Int64(dice.below(1000)) }.sorted()
        for (place, second) in turns.enumerated() {
            let moment = Instant(seconds: second)
            changes.append(
                StateChange(
                    check: check, outcome: place % 2 == 0 ? .unknown(silence) : .up, since: moment,
                    confirmed: moment, runs: 0))
        }
        let holes = (0..<dice.below(4)).map { _ in
            let start = Instant(seconds: Int64(dice.below(1000)))
            return start..<start + .seconds(1 + dice.below(200))
        }
        let end = Instant(seconds: 1100)
        let record = Record(changes, until: end, isSilence: { $0 == silence }) { _ in holes }
        let silences = stride(from: 0, to: turns.count, by: 2).map { place in
            let from = Instant(seconds: turns[place])
            return (
                from..<(place + 1 < turns.count ? Instant(seconds: turns[place + 1]) : end), place + 1 < turns.count
            )
        }
        let seen = changes.filter { $0.runs > 0 }.sorted { ($0.since, $0.confirmed) < ($1.since, $1.confirmed) }
        for second in 0..<1100 {
            let moment = Instant(seconds: Int64(second)) + .milliseconds(500)
            let inside = silences.first { $0.0.contains(moment) }
            let isHole = inside.map { !$0.1 || holes.contains { $0.contains(moment) } } ?? false
            let known = seen.last { $0.since <= moment }?.outcome
            let span = record.spans.first { $0.from <= moment && moment < $0.to }
            #expect(span?.outcome == known.map { isHole ? .unknown(silence) : $0 })
            #expect(span.map(\.isRevised) == known.map { _ in inside != nil && !isHole })
        }
    }
}
