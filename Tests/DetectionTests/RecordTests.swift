import Detection
import Testing
import Vocabulary

@Suite struct RecordTests {
    let check = CheckName(asset: "site", part: "icmp")
    let gone = Outcome.down(Reason("no-reply"))
    let silent = Outcome.unknown(Reason("agent-silent"))

    private func at(_ second: Int64) -> Instant { Instant(seconds: second) }

    private func change(_ outcome: Outcome, since: Int64, confirmed: Int64? = nil, runs: Int = 4) -> StateChange {
        StateChange(check: check, outcome: outcome, since: at(since), confirmed: at(confirmed ?? since + 2), runs: runs)
    }

    private func record(_ changes: [StateChange], unseen: [Range<Instant>] = []) -> [Record.Span] {
        Record(changes, until: at(1000), isSilence: { $0.code == "agent-silent" }) { _ in unseen }.spans
    }

    @Test func withoutSilenceItIsWhatWasBelieved() {
        let spans = record([change(.up, since: 0), change(gone, since: 100), change(.up, since: 160)])
        #expect(
            spans == [
                .init(.up, from: at(0), to: at(100)), .init(gone, from: at(100), to: at(160)),
                .init(.up, from: at(160), to: at(1000)),
            ])
    }

    @Test func aSilenceThatGoesOnIsUnknown() {
        let spans = record([change(.up, since: 0), change(silent, since: 200, confirmed: 221, runs: 0)])
        #expect(spans == [.init(.up, from: at(0), to: at(200)), .init(silent, from: at(200), to: at(1000))])
    }

    /// The spool arrives late: the cut that the agent saw meanwhile takes the place of the unknown.
    @Test func whatTheAgentSawMeanwhileReplacesTheUnknown() {
        let changes = [
            change(.up, since: 0), change(silent, since: 200, confirmed: 221, runs: 0),
            change(.up, since: 800, confirmed: 800, runs: 0), change(gone, since: 300), change(.up, since: 500),
        ]
        let expected = [
            Record.Span(.up, from: at(0), to: at(200)), .init(.up, from: at(200), to: at(300), isRevised: true),
            .init(gone, from: at(300), to: at(500), isRevised: true),
            .init(.up, from: at(500), to: at(800), isRevised: true), .init(.up, from: at(800), to: at(1000)),
        ]
        #expect(record(changes) == expected)
        #expect(record(changes.reversed()) == expected, "in whatever order it came")
    }

    /// A machine that was off measured nothing: that stays unknown, and only that.
    @Test func whereNobodyMeasuredItStaysUnknown() {
        let changes = [
            change(.up, since: 0), change(silent, since: 200, confirmed: 221, runs: 0),
            change(gone, since: 800, confirmed: 800, runs: 0), change(gone, since: 300),
        ]
        #expect(
            record(changes, unseen: [at(400)..<at(900)]) == [
                .init(.up, from: at(0), to: at(200)), .init(.up, from: at(200), to: at(300), isRevised: true),
                .init(gone, from: at(300), to: at(400), isRevised: true), .init(silent, from: at(400), to: at(800)),
                .init(gone, from: at(800), to: at(1000)),
            ])
    }

    /// Whatever is recorded, the spans follow one another without gap or overlap.
    @Test(arguments: 1...100 as ClosedRange<UInt64>) func spansAreWithoutGaps(seed: UInt64) {
        var state = seed
        func next(_ bound: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % bound)
        }
        let changes = (0..<20).map { _ in
            change([Outcome.up, gone, silent][Int(next(3))], since: next(1200), runs: Int(next(2)))
        }
        let spans = record(changes, unseen: [at(next(500))..<at(500 + next(700))])
        #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.to == $1.from })
        #expect(spans.allSatisfy { $0.from < $0.to } && spans.last.map { $0.to == at(1000) } != false)
    }
}
