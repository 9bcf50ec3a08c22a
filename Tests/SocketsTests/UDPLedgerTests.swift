import Sockets
import TestSupport
import Testing

@Suite struct UDPLedgerTests {
    private typealias Ledger = UDPLedger<Int>

    private let begin = Moment.now
    private let target = SocketAddress(.ipv4(0x0a00_0001), port: 161)
    private let stranger = SocketAddress(.ipv4(0x0a00_0002), port: 161)

    private func at(_ milliseconds: Int) -> Moment { begin + Int64(milliseconds) * 1_000_000 }

    private func exchange(_ key: UInt64 = 7, again: [Int] = []) -> UDPExchange {
        UDPExchange(
            to: target, payload: [1, 2, 3, UInt8(truncatingIfNeeded: key)], key: key,
            retransmissions: again.map { .milliseconds($0) }, deadline: .now)
    }

    /// Begins it, to last until 1 s after the beginning of all.
    @discardableResult
    private func start(
        _ number: Int, _ exchange: UDPExchange, _ ledger: inout Ledger, at moment: Moment
    ) -> Ledger.Place {
        ledger.start(exchange, number, until: at(1000), at: moment)
    }

    /// Sends what is due at that moment; whose it was.
    private func send(_ ledger: inout Ledger, at moment: Moment) -> [Ledger.Place] {
        var places: [Ledger.Place] = []
        while case .send(let transmission) = ledger.next(at: moment) {
            ledger.sent(transmission.place, at: moment)
            places.append(transmission.place)
        }
        return places
    }

    /// An exchange that was sent at the beginning.
    private func started(_ exchange: UDPExchange) -> (Ledger, Ledger.Place) {
        var ledger = Ledger()
        let place = start(1, exchange, &ledger, at: begin)
        _ = send(&ledger, at: begin)
        return (ledger, place)
    }

    private func take(
        _ mark: UDPMark, _ ledger: inout Ledger, from source: SocketAddress, at moment: Moment, age: Duration = .zero
    ) -> Bool {
        ledger.receive([9], mark, from: source, at: moment, age: age.wholeNanoseconds)
    }

    private func finish(_ place: Ledger.Place, _ ledger: inout Ledger) -> UDPResult? {
        ledger.finish(place, .timedOut)?.1
    }

    /// What is over now, by number.
    private func ended(_ ledger: inout Ledger, at moment: Moment) -> Ended? {
        guard case .finish(let number, let result) = ledger.next(at: moment) else { return nil }
        return Ended(number, result)
    }

    private func isIdle(_ ledger: inout Ledger, at moment: Moment) -> Bool {
        if case nil = ledger.next(at: moment) { true } else { false }
    }

    private struct Ended: Hashable {
        var number: Int
        var result: UDPResult

        init(_ number: Int, _ result: UDPResult) {
            self.number = number
            self.result = result
        }
    }

    private func answer(elapsed: Int, roundTrip: Int?) -> UDPResult.Ending {
        .answered(
            UDPAnswer(
                bytes: [9], source: target, elapsed: .milliseconds(elapsed),
                roundTrip: roundTrip.map { .milliseconds($0) }))
    }

    @Test func anAnswerEndsTheExchangeWithItsTimeByTheKernel() {
        var (ledger, _) = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: target, at: at(10), age: .milliseconds(3)))
        #expect(ended(&ledger, at: at(10)) == Ended(1, UDPResult(answer(elapsed: 7, roundTrip: 7), sends: 1)))
        #expect(isIdle(&ledger, at: at(10)))
        #expect(ledger.nextMoment == nil)
    }

    @Test(arguments: [Duration.seconds(-5), .seconds(5)])
    func aWallClockThatWasSetCannotBendTheTime(age: Duration) {
        var (ledger, place) = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: target, at: at(10), age: age))
        #expect(finish(place, &ledger)?.ending == answer(elapsed: 10, roundTrip: 10))
    }

    @Test func thePayloadIsSentAgainAtItsMomentsAndNobodyGuessesWhichWasAnswered() {
        var (ledger, place) = started(exchange(again: [100, 300]))
        #expect(ledger.nextMoment == at(100))
        #expect(send(&ledger, at: at(99)) == [])
        #expect(send(&ledger, at: at(100)) == [place])
        #expect(ledger.nextMoment == at(400))
        #expect(send(&ledger, at: at(400)) == [place])
        #expect(ledger.nextMoment == at(1000))
        #expect(take(UDPMark(7), &ledger, from: target, at: at(450)))
        #expect(ended(&ledger, at: at(450)) == Ended(1, UDPResult(answer(elapsed: 450, roundTrip: nil), sends: 3)))
    }

    @Test func silenceEndsAtTheDeadline() {
        var (ledger, place) = started(exchange(again: [900, 900]))
        #expect(send(&ledger, at: at(900)) == [place])
        #expect(isIdle(&ledger, at: at(999)))
        #expect(ended(&ledger, at: at(1000)) == Ended(1, UDPResult(.timedOut, sends: 2)))
    }

    @Test func anAnswerReadInTimeButStampedAfterTheDeadlineIsLate() {
        var (ledger, place) = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: target, at: at(1005), age: .milliseconds(1)))
        #expect(finish(place, &ledger) == UDPResult(.timedOut, sends: 1, late: 1))
    }

    @Test func whatComesAfterTheEndCountsInTheNextExchange() {
        var (ledger, _) = started(exchange())
        #expect(ended(&ledger, at: at(1000)) == Ended(1, UDPResult(.timedOut, sends: 1)))
        #expect(take(UDPMark(7), &ledger, from: target, at: at(1001)))
        #expect(take(UDPMark(7), &ledger, from: target, at: at(1002)))
        let second = start(2, exchange(8), &ledger, at: at(1100))
        #expect(finish(second, &ledger) == UDPResult(.timedOut, late: 1, duplicates: 1))
        let third = start(3, exchange(9), &ledger, at: at(1200))
        #expect(finish(third, &ledger)?.late == 0)
    }

    @Test func aSecondAnswerIsADuplicate() {
        var (ledger, place) = started(exchange())
        for moment in [5, 6, 7] {
            #expect(take(UDPMark(7), &ledger, from: target, at: at(moment)))
        }
        #expect(
            finish(place, &ledger)
                == UDPResult(answer(elapsed: 5, roundTrip: 5), sends: 1, duplicates: 2))
    }

    @Test func whatTheDestinationDidNotSayIsForeign() {
        var (ledger, place) = started(exchange())
        #expect(take(UDPMark(7), &ledger, from: stranger, at: at(1)))
        var otherPort = target
        otherPort.port = 162
        #expect(take(UDPMark(7), &ledger, from: otherPort, at: at(2)))
        #expect(!take(UDPMark(6), &ledger, from: target, at: at(3)))
        #expect(finish(place, &ledger) == UDPResult(.timedOut, sends: 1, foreign: 2))
    }

    @Test func wordThatTheAnswerIsToComeEndsNothing() {
        var (ledger, _) = started(exchange())
        #expect(take(UDPMark(7, isFinal: false), &ledger, from: target, at: at(1)))
        #expect(isIdle(&ledger, at: at(1)))
        #expect(take(UDPMark(7), &ledger, from: target, at: at(2)))
        #expect(
            ended(&ledger, at: at(2))
                == Ended(1, UDPResult(answer(elapsed: 2, roundTrip: 2), sends: 1, provisional: 1)))
    }

    private func fault(_ kind: ICMPFault.Kind) -> ICMPFault {
        ICMPFault(kind: kind, type: 3, code: 3, reporter: stranger)
    }

    @Test(arguments: [[UInt8]](arrayLiteral: [], [1, 2], [1, 2, 3, 7]))
    func aClosedPortEndsTheExchangeAndSaysWhoSaidSo(quoted: [UInt8]) {
        var (ledger, _) = started(exchange(again: [100]))
        let fault = fault(.portUnreachable)
        ledger.receive(.init(fault, to: target, quoting: quoted))
        #expect(ended(&ledger, at: at(3)) == Ended(1, UDPResult(.refused(fault), sends: 1, faults: [fault])))
    }

    @Test func anErrorAboutAnotherDatagramChangesNothing() {
        var (ledger, place) = started(exchange())
        ledger.receive(.init(fault(.portUnreachable), to: target, quoting: [1, 2, 3, 6]))
        ledger.receive(.init(fault(.portUnreachable), to: target, quoting: [1, 2, 3, 7, 7]))
        ledger.receive(.init(fault(.portUnreachable), to: stranger, quoting: []))
        #expect(finish(place, &ledger) == UDPResult(.timedOut, sends: 1))
    }

    @Test func aRoutersWordEndsTheExchangeOnlyWhenNothingIsLeftToTry() {
        var (ledger, place) = started(exchange(again: [100]))
        let fault = fault(.hostUnreachable)
        ledger.receive(.init(fault, to: target, quoting: []))
        #expect(isIdle(&ledger, at: at(3)))
        #expect(send(&ledger, at: at(100)) == [place])
        ledger.receive(.init(fault, to: target, quoting: []))
        #expect(
            ended(&ledger, at: at(103)) == Ended(1, UDPResult(.refused(fault), sends: 2, faults: [fault, fault])))
    }

    @Test func aTooBigDatagramGoesInPiecesNextTime() {
        var (ledger, _) = started(exchange())
        ledger.receive(.init(fault(.packetTooBig), to: target, quoting: []))
        #expect(isIdle(&ledger, at: at(3)))
    }

    @Test func aRefusedPayloadEndsTheExchangeUnlessACopyGotOut() {
        let refusal = SystemError("sendmmsg", code: 101)
        var ledger = Ledger()
        let first = start(1, exchange(again: [100]), &ledger, at: begin)
        #expect(!isIdle(&ledger, at: begin))
        ledger.failed(first, refusal)
        #expect(ended(&ledger, at: begin) == Ended(1, UDPResult(.cannotSend(refusal))))
        let second = start(2, exchange(again: [100]), &ledger, at: begin)
        #expect(send(&ledger, at: begin) == [second])
        #expect(!isIdle(&ledger, at: at(100)))
        ledger.failed(second, refusal)
        #expect(isIdle(&ledger, at: at(999)))
        #expect(ended(&ledger, at: at(1000)) == Ended(2, UDPResult(.timedOut, sends: 1)))
    }

    @Test func aPostponedPayloadLeavesLater() {
        var ledger = Ledger()
        let place = start(1, exchange(), &ledger, at: begin)
        #expect(!isIdle(&ledger, at: begin))
        ledger.postpone(place, until: at(1))
        #expect(isIdle(&ledger, at: begin))
        #expect(send(&ledger, at: at(1)) == [place])
        #expect(take(UDPMark(7), &ledger, from: target, at: at(2)))
        #expect(finish(place, &ledger) == UDPResult(answer(elapsed: 1, roundTrip: 1), sends: 1))
    }

    @Test func theSameKeyTwiceIsRefusedAndTheFirstGoesOn() {
        var (ledger, place) = started(exchange())
        start(2, exchange(), &ledger, at: at(1))
        guard case .finish(2, let result) = ledger.next(at: at(1)), case .cannotSend = result.ending else {
            Issue.record("the second was taken")
            return
        }
        #expect(take(UDPMark(7), &ledger, from: target, at: at(2)))
        #expect(finish(place, &ledger)?.ending == answer(elapsed: 2, roundTrip: 2))
    }

    @Test func onlyTheLastExchangesAreRemembered() {
        var ledger = Ledger(remembering: 2)
        for key in UInt64(1)...3 {
            let place = start(Int(key), exchange(key), &ledger, at: begin)
            _ = send(&ledger, at: begin)
            _ = finish(place, &ledger)
        }
        let known = (UInt64(1)...3).map { key in
            take(UDPMark(key), &ledger, from: target, at: at(1))
        }
        #expect(known == [false, true, true])
        let fourth = start(4, exchange(4), &ledger, at: begin)
        #expect(finish(fourth, &ledger)?.late == 2)
    }

    /// Whatever is begun, answered, let go and ended in whatever order, with keys and destinations that come again: each
    /// exchange ends once, with its own answer.
    @Test(arguments: UInt64(1)...20)
    func eachEndsOnceWithItsOwnAnswer(seed: UInt64) {
        struct Own {
            var place: Ledger.Place
            var exchange: UDPExchange
        }
        var random = Dice(seed: seed)
        var ledger = Ledger(remembering: 3)
        var own: [Int: Own] = [:]
        var answers: [Int: [UInt8]] = [:]
        var endings: [Int: Int] = [:]
        func end(_ number: Int, _ result: UDPResult) {
            endings[number, default: 0] += 1
            if case .answered(let answer) = result.ending {
                #expect(answer.bytes == answers[number])
                #expect(answer.source == own[number]?.exchange.destination)
            } else {
                #expect(answers[number] == nil)
            }
            own[number] = nil
        }
        for number in 0..<2000 {
            let now = at(number)
            var exchange = exchange(UInt64.random(in: 0..<8, using: &random), again: [3])
            exchange.destination = SocketAddress(.ipv4(UInt32.random(in: 0..<4, using: &random)), port: 161)
            let isTaken = own.values.contains {
                $0.exchange.key == exchange.key && $0.exchange.destination == exchange.destination
            }
            let place = ledger.start(exchange, number, until: now + 9_000_000, at: now)
            if isTaken {
                let result = ledger.finish(place, .timedOut)?.1
                #expect(result == UDPResult(.cannotSend(SystemError("exchange", code: 114))))
            } else {
                own[number] = Own(place: place, exchange: exchange)
            }
            while let action = ledger.next(at: now) {
                switch action {
                case .send(let transmission): ledger.sent(transmission.place, at: now)
                case .finish(let number, let result): end(number, result)
                }
            }
            for (number, one) in own.sorted(by: { $0.key < $1.key }) where answers[number] == nil {
                switch Int.random(in: 0..<12, using: &random) {
                case 0...2:
                    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
                    answers[number] = bytes
                    let mark = UDPMark(one.exchange.key)
                    let isOwn = ledger.receive(bytes, mark, from: one.exchange.destination, at: now, age: 0)
                    #expect(isOwn)
                case 3:
                    if let (number, result) = ledger.finish(one.place, .cancelled) { end(number, result) }
                default: break
                }
            }
        }
        for place in ledger.places {
            if let (number, result) = ledger.finish(place, .cancelled) { end(number, result) }
        }
        #expect(own.isEmpty)
        #expect(endings.values.allSatisfy { $0 == 1 })
        // What is spent does not wake anybody.
        #expect(isIdle(&ledger, at: begin))
        #expect(ledger.nextMoment == nil)
    }
}
