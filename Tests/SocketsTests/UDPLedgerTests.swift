import Sockets
import Testing

@Suite struct UDPLedgerTests {
    private let begin = ContinuousClock.now
    private let target = SocketAddress(.ipv4(0x0a00_0001), port: 161)
    private let stranger = SocketAddress(.ipv4(0x0a00_0002), port: 161)

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { begin + .milliseconds(milliseconds) }

    private func exchange(
        _ key: UInt64 = 7, again: [Int] = [], within milliseconds: Int = 1000
    ) -> UDPExchange {
        UDPExchange(
            to: target, payload: [1, 2, 3, UInt8(truncatingIfNeeded: key)], key: key,
            retransmissions: again.map { .milliseconds($0) }, deadline: at(milliseconds))
    }

    /// Sends what is due at that moment; the orders.
    private func send(_ ledger: inout UDPLedger, at moment: ContinuousClock.Instant) -> [UInt64] {
        var orders: [UInt64] = []
        while case .send(let transmission) = ledger.next(at: moment) {
            ledger.sent(transmission.order, at: moment)
            orders.append(transmission.order)
        }
        return orders
    }

    private func started(_ exchange: UDPExchange) -> UDPLedger {
        var ledger = UDPLedger()
        ledger.start(1, exchange, at: begin)
        _ = send(&ledger, at: begin)
        return ledger
    }

    private func take(
        _ mark: UDPMark, _ ledger: inout UDPLedger, from source: SocketAddress, at moment: ContinuousClock.Instant,
        age: Duration = .zero
    ) -> Bool {
        ledger.receive([9], mark, from: source, at: moment, age: age)
    }

    private func answer(elapsed: Int, roundTrip: Int?) -> UDPResult.Ending {
        .answered(
            UDPAnswer(
                bytes: [9], source: target, elapsed: .milliseconds(elapsed),
                roundTrip: roundTrip.map { .milliseconds($0) }))
    }

    @Test func anAnswerEndsTheExchangeWithItsTimeByTheKernel() {
        var ledger = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: target, at: at(10), age: .milliseconds(3)))
        #expect(ledger.next(at: at(10)) == .finish(1, UDPResult(answer(elapsed: 7, roundTrip: 7), sends: 1)))
        #expect(ledger.nextMoment == nil)
    }

    @Test(arguments: [Duration.seconds(-5), .seconds(5)])
    func aWallClockThatWasSetCannotBendTheTime(age: Duration) {
        var ledger = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: target, at: at(10), age: age))
        #expect(ledger.finish(1, .timedOut)?.ending == answer(elapsed: 10, roundTrip: 10))
    }

    @Test func thePayloadIsSentAgainAtItsMomentsAndNobodyGuessesWhichWasAnswered() {
        var ledger = started(exchange(again: [100, 300]))
        #expect(ledger.nextMoment == at(100))
        #expect(send(&ledger, at: at(99)) == [])
        #expect(send(&ledger, at: at(100)) == [1])
        #expect(ledger.nextMoment == at(400))
        #expect(send(&ledger, at: at(400)) == [1])
        #expect(ledger.nextMoment == at(1000))
        #expect(take(UDPMark(7), &ledger, from: target, at: at(450)))
        #expect(ledger.next(at: at(450)) == .finish(1, UDPResult(answer(elapsed: 450, roundTrip: nil), sends: 3)))
    }

    @Test func silenceEndsAtTheDeadline() {
        var ledger = started(exchange(again: [900, 900]))
        #expect(send(&ledger, at: at(900)) == [1])
        #expect(ledger.next(at: at(999)) == nil)
        #expect(ledger.next(at: at(1000)) == .finish(1, UDPResult(.timedOut, sends: 2)))
    }

    @Test func anAnswerReadInTimeButStampedAfterTheDeadlineIsLate() {
        var ledger = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: target, at: at(1005), age: .milliseconds(1)))
        #expect(ledger.finish(1, .timedOut) == UDPResult(.timedOut, sends: 1, late: 1))
    }

    @Test func whatComesAfterTheEndCountsInTheNextExchange() {
        var ledger = started(exchange())
        #expect(ledger.next(at: at(1000)) == .finish(1, UDPResult(.timedOut, sends: 1)))
        #expect(take(UDPMark(7), &ledger, from: target, at: at(1001)))
        #expect(take(UDPMark(7), &ledger, from: target, at: at(1002)))
        ledger.start(2, exchange(8, within: 2000), at: at(1100))
        let second = ledger.finish(2, .cancelled)
        #expect(second == UDPResult(.cancelled, late: 1, duplicates: 1))
        ledger.start(3, exchange(9, within: 2000), at: at(1200))
        #expect(ledger.finish(3, .cancelled)?.late == 0)
    }

    @Test func aSecondAnswerIsADuplicate() {
        var ledger = started(exchange())
        for moment in [5, 6, 7] {
            #expect(take(UDPMark(7), &ledger, from: target, at: at(moment)))
        }
        #expect(
            ledger.finish(1, .timedOut)
                == UDPResult(answer(elapsed: 5, roundTrip: 5), sends: 1, duplicates: 2))
    }

    @Test func whatTheDestinationDidNotSayIsForeign() {
        var ledger = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: stranger, at: at(1)))
        var otherPort = target
        otherPort.port = 162
        #expect(take(UDPMark(7), &ledger, from: otherPort, at: at(2)))
        #expect(!take(UDPMark(6), &ledger, from: target, at: at(3)))
        #expect(ledger.finish(1, .timedOut) == UDPResult(.timedOut, sends: 1, foreign: 2))
    }

    @Test func wordThatTheAnswerIsToComeEndsNothing() {
        var ledger = started(exchange())
        #expect(take(UDPMark(7, isFinal: false), &ledger, from: target, at: at(1)))
        #expect(ledger.next(at: at(1)) == nil)
        #expect(take(UDPMark(7), &ledger, from: target, at: at(2)))
        #expect(
            ledger.next(at: at(2))
                == .finish(1, UDPResult(answer(elapsed: 2, roundTrip: 2), sends: 1, provisional: 1)))
    }

    private func fault(_ kind: ICMPFault.Kind) -> ICMPFault {
        ICMPFault(kind: kind, type: 3, code: 3, reporter: stranger)
    }

    @Test(arguments: [[UInt8]](arrayLiteral: [], [1, 2], [1, 2, 3, 7]))
    func aClosedPortEndsTheExchangeAndSaysWhoSaidSo(quoted: [UInt8]) {
        var ledger = started(exchange(again: [100]))
        let fault = fault(.portUnreachable)
        ledger.receive(.init(fault, to: target, quoting: quoted), at: at(3))
        #expect(ledger.next(at: at(3)) == .finish(1, UDPResult(.refused(fault), sends: 1, faults: [fault])))
    }

    @Test func anErrorAboutAnotherDatagramChangesNothing() {
        var ledger = started(exchange())
        ledger.receive(.init(fault(.portUnreachable), to: target, quoting: [1, 2, 3, 6]), at: at(1))
        ledger.receive(.init(fault(.portUnreachable), to: target, quoting: [1, 2, 3, 7, 7]), at: at(1))
        ledger.receive(.init(fault(.portUnreachable), to: stranger, quoting: []), at: at(1))
        #expect(ledger.finish(1, .timedOut) == UDPResult(.timedOut, sends: 1))
    }

    @Test func aRoutersWordEndsTheExchangeOnlyWhenNothingIsLeftToTry() {
        var ledger = started(exchange(again: [100]))
        let fault = fault(.hostUnreachable)
        ledger.receive(.init(fault, to: target, quoting: []), at: at(3))
        #expect(ledger.next(at: at(3)) == nil)
        #expect(send(&ledger, at: at(100)) == [1])
        ledger.receive(.init(fault, to: target, quoting: []), at: at(103))
        #expect(
            ledger.next(at: at(103)) == .finish(1, UDPResult(.refused(fault), sends: 2, faults: [fault, fault])))
    }

    @Test func aTooBigDatagramGoesInPiecesNextTime() {
        var ledger = started(exchange())
        ledger.receive(.init(fault(.packetTooBig), to: target, quoting: []), at: at(3))
        #expect(ledger.next(at: at(3)) == nil)
    }

    @Test func aRefusedPayloadEndsTheExchangeUnlessACopyGotOut() {
        let refusal = SystemError("sendmmsg", code: 101)
        var ledger = UDPLedger()
        ledger.start(1, exchange(again: [100]), at: begin)
        #expect(ledger.next(at: begin) != nil)
        ledger.failed(1, refusal, at: begin)
        #expect(ledger.next(at: begin) == .finish(1, UDPResult(.cannotSend(refusal))))
        ledger.start(2, exchange(again: [100]), at: begin)
        #expect(send(&ledger, at: begin) == [2])
        #expect(ledger.next(at: at(100)) != nil)
        ledger.failed(2, refusal, at: at(100))
        #expect(ledger.next(at: at(999)) == nil)
        #expect(ledger.next(at: at(1000)) == .finish(2, UDPResult(.timedOut, sends: 1)))
    }

    @Test func aPostponedPayloadLeavesLater() {
        var ledger = UDPLedger()
        ledger.start(1, exchange(), at: begin)
        #expect(ledger.next(at: begin) != nil)
        ledger.postpone(1, until: at(1))
        #expect(ledger.next(at: begin) == nil)
        #expect(send(&ledger, at: at(1)) == [1])
        #expect(take(UDPMark(7), &ledger, from: target, at: at(2)))
        #expect(ledger.finish(1, .timedOut) == UDPResult(answer(elapsed: 1, roundTrip: 1), sends: 1))
    }

    @Test func theSameKeyTwiceIsRefusedAndTheFirstGoesOn() {
        var ledger = started(exchange())
        ledger.start(2, exchange(), at: at(1))
        guard case .finish(2, let result) = ledger.next(at: at(1)), case .cannotSend = result.ending else {
            Issue.record("the second was taken")
            return
        }
        #expect(take(UDPMark(7), &ledger, from: target, at: at(2)))
        #expect(ledger.finish(1, .timedOut)?.ending == answer(elapsed: 2, roundTrip: 2))
    }

    @Test func onlyTheLastExchangesAreRemembered() {
        var ledger = UDPLedger(remembering: 2)
        for key in UInt64(1)...3 {
            ledger.start(key, exchange(key), at: begin)
            _ = send(&ledger, at: begin)
            _ = ledger.finish(key, .timedOut)
        }
        let known = (UInt64(1)...3).map { key in
            take(UDPMark(key), &ledger, from: target, at: at(1))
        }
        #expect(known == [false, true, true])
        ledger.start(4, exchange(4), at: begin)
        #expect(ledger.finish(4, .timedOut)?.late == 2)
    }
}
