import Detection
import Testing
import Vocabulary

@Suite struct AlertLifeTests {
    let down = Outcome.down(Reason("timeout"))
    let slow = Outcome.degraded(Reason("slow"))
    let normal = Patience(.normal)

    private func at(_ second: Int64) -> Instant { Instant(seconds: second) }

    @Test func upAndUnknownAreNoAlerts() {
        #expect(AlertLife(.up, at: at(0), patience: normal) == nil)
        #expect(AlertLife(.unknown(Reason("agent-silent")), at: at(0), patience: normal) == nil)
    }

    @Test func aTenSecondCutIsOnTheRecordAndSendsNothing() throws {
        var life = try #require(AlertLife(down, at: at(0), patience: normal))
        #expect(life.take(dueBy: at(10)) == nil)
        #expect(life.apply(.up, at: at(10), patience: normal) == nil)
        #expect(life.resolved == at(10) && life.due == nil)
    }

    @Test func aLastingFailureIsToldOnceAndItsEndOnce() throws {
        var life = try #require(AlertLife(down, at: at(0), patience: normal))
        #expect(life.take(dueBy: at(30)) == .problem)
        #expect(life.take(dueBy: at(31)) == nil)
        #expect(life.apply(.up, at: at(90), patience: normal) == .recovery)
    }

    @Test func aCoreFailureIsToldAtOnce() throws {
        var life = try #require(AlertLife(down, at: at(5), patience: Patience(.core)))
        #expect(life.take(dueBy: at(5)) == .problem)
    }

    @Test func unknownEndsNothing() throws {
        var life = try #require(AlertLife(down, at: at(0), patience: normal))
        #expect(life.apply(.unknown(Reason("agent-silent")), at: at(1), patience: normal) == nil)
        #expect(life.resolved == nil && life.outcome == down)
    }

    @Test func degradedThatTurnsDownIsToldAgain() throws {
        var life = try #require(AlertLife(slow, at: at(0), patience: normal))
        #expect(life.take(dueBy: at(30)) == .problem)
        #expect(life.apply(down, at: at(60), patience: normal) == nil)
        #expect(life.take(dueBy: at(90)) == .worse)
        #expect(life.apply(slow, at: at(100), patience: normal) == nil)
        #expect(life.take(dueBy: at(200)) == nil)
        #expect(life.apply(.up, at: at(201), patience: normal) == .recovery)
    }

    @Test func lowWaitsForTheNextMorning() {
        // 00:15 UTC is 07:15 in UTC+07:00.
        #expect(Patience(.low).due(from: at(0)) == at(900))
        #expect(Patience(.low).due(from: at(900)) == at(86_400 + 900))
        #expect(Patience(.low).due(from: at(-1)) == at(900))
    }

    /// Whatever happens: as many recoveries as first problems, never two of a kind in a row.
    @Test(arguments: 1...200 as ClosedRange<UInt64>) func problemsAndRecoveriesPair(seed: UInt64) {
        var state = seed
        var life: AlertLife?
        var open = false
        for second in 0..<400 as Range<Int64> {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let outcome = [Outcome.up, down, slow, .unknown(Reason("agent-silent"))][Int(state >> 62)]
            if (state >> 40) % 7 == 0 {
                if life == nil {
                    life = AlertLife(outcome, at: at(second), patience: normal)
                } else if life?.apply(outcome, at: at(second), patience: normal) == .recovery {
                    #expect(open)
                    open = false
                }
            }
            if let telling = life?.take(dueBy: at(second)) {
                #expect(telling == (open ? .worse : .problem))
                open = true
            }
            if life?.resolved != nil {
                #expect(!open)
                life = nil
            }
        }
    }
}
