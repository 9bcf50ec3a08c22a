import Sockets
import Testing

@Suite struct PingLedgerTests {
    private static let nonce: UInt64 = 0xfeed
    private let begin = ContinuousClock.now
    private let target = SocketAddress(.ipv4(0x0a00_0001))
    private let stranger = SocketAddress(.ipv4(0x0a00_0002))

    private func ledger() -> PingLedger { PingLedger(nonce: Self.nonce, firstNumber: 70_000) }

    private func order(_ id: UInt64 = 1, count: Int = 1, within: Duration = .seconds(1)) -> PingLedger.Order {
        .init(
            id: id, address: target, count: count, spacing: .milliseconds(100), size: 56, deadline: begin + within)
    }

    private func reply(_ number: UInt64, nonce: UInt64 = PingLedgerTests.nonce) -> ICMPMessage {
        let request = EchoRequest(family: .ipv4, identifier: 9, nonce: nonce, number: number, size: 56)
        return .echoReply(
            .init(
                identifier: 9, sequence: EchoRequest.sequence(of: number), payload: Array(request.bytes.dropFirst(8))))
    }

    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { begin + .milliseconds(milliseconds) }

    /// Sends what is due at that moment; the numbers.
    private func send(_ ledger: inout PingLedger, at moment: ContinuousClock.Instant) -> [UInt64] {
        var numbers: [UInt64] = []
        while case .send(let transmission) = ledger.next(at: moment) {
            ledger.sent(transmission, at: moment)
            numbers.append(transmission.number)
        }
        return numbers
    }

    @Test func aReplyEndsThePingWithItsTimeByTheKernel() {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        #expect(send(&ledger, at: begin) == [70_000])
        ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(10), age: .milliseconds(3))
        #expect(
            ledger.next(at: at(10))
                == .finish(1, PingResult(sent: 1, roundTrips: [.milliseconds(7)])))
        #expect(ledger.nextMoment == nil)
    }

    @Test(arguments: [Duration.seconds(-5), .seconds(5)])
    func aWallClockThatWasSetCannotBendTheTime(age: Duration) {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        _ = send(&ledger, at: begin)
        ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(10), age: age)
        #expect(ledger.finish(1)?.roundTrips == [.milliseconds(10)])
    }

    @Test func aBurstKeepsItsSpacingAndReportsHoles() {
        var ledger = ledger()
        ledger.start(order(count: 3), at: begin)
        #expect(send(&ledger, at: begin) == [70_000])
        #expect(ledger.nextMoment == at(100))
        #expect(send(&ledger, at: at(99)) == [])
        #expect(send(&ledger, at: at(100)) == [70_001])
        #expect(send(&ledger, at: at(200)) == [70_002])
        ledger.receive(reply(70_002), from: target, isAddressed: true, at: at(203), age: .zero)
        ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(205), age: .zero)
        #expect(ledger.next(at: at(999)) == nil)
        #expect(
            ledger.next(at: at(1000))
                == .finish(1, PingResult(sent: 3, roundTrips: [.milliseconds(205), nil, .milliseconds(3)])))
    }

    @Test func aReplyAfterItsDeadlineCountsLateInTheNextPing() {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        _ = send(&ledger, at: begin)
        #expect(ledger.next(at: at(1000)) == .finish(1, PingResult(sent: 1, roundTrips: [nil])))
        ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(1001), age: .zero)
        ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(1002), age: .zero)
        ledger.start(order(2, within: .seconds(2)), at: at(1100))
        _ = send(&ledger, at: at(1100))
        let second = ledger.finish(2)
        #expect(second?.late == 1 && second?.duplicates == 1 && second?.received == 0)
        ledger.start(order(3, within: .seconds(3)), at: at(1200))
        #expect(ledger.finish(3)?.late == 0)
    }

    @Test func aReplyReadInTimeButStampedAfterTheDeadlineIsLate() {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        _ = send(&ledger, at: begin)
        ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(1005), age: .milliseconds(1))
        #expect(ledger.finish(1) == PingResult(sent: 1, roundTrips: [nil], late: 1))
    }

    @Test func aReplyStampedBeforeTheDeadlineAndReadAfterItCounts() {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        _ = send(&ledger, at: begin)
        ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(1005), age: .milliseconds(6))
        #expect(ledger.finish(1)?.roundTrips == [.milliseconds(999)])
    }

    @Test func aSecondReplyIsADuplicate() {
        var ledger = ledger()
        ledger.start(order(count: 2), at: begin)
        _ = send(&ledger, at: begin)
        for moment in [5, 6, 7] {
            ledger.receive(reply(70_000), from: target, isAddressed: true, at: at(moment), age: .zero)
        }
        #expect(
            ledger.finish(1) == PingResult(sent: 1, roundTrips: [.milliseconds(5)], duplicates: 2))
    }

    @Test func whatTheTargetDidNotSayIsForeign() {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        _ = send(&ledger, at: begin)
        ledger.receive(reply(70_000), from: stranger, isAddressed: true, at: at(1), age: .zero)
        ledger.receive(reply(70_000, nonce: 1), from: target, isAddressed: true, at: at(2), age: .zero)
        // Another program's ping of the same target, and a number that was never sent.
        ledger.receive(reply(70_000, nonce: 1), from: target, isAddressed: false, at: at(3), age: .zero)
        ledger.receive(reply(90_000), from: target, isAddressed: true, at: at(4), age: .zero)
        #expect(ledger.finish(1) == PingResult(sent: 1, roundTrips: [nil], foreign: 2))
    }

    @Test(arguments: [true, false]) func anErrorEndsThePingWithItsKind(quotesPayload: Bool) {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        _ = send(&ledger, at: begin)
        guard case .echoReply(var echo) = reply(70_000) else { return }
        if !quotesPayload { echo.payload = [] }
        let message = ICMPMessage.error(.hostUnreachable, type: 3, code: 1, destination: target, about: echo)
        ledger.receive(message, from: stranger, isAddressed: true, at: at(3), age: .zero)
        let fault = ICMPFault(kind: .hostUnreachable, type: 3, code: 1, reporter: stranger)
        #expect(ledger.next(at: at(3)) == .finish(1, PingResult(sent: 1, roundTrips: [nil], errors: [fault])))
    }

    @Test func anErrorAboutSomebodyElsesPacketChangesNothing() {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        _ = send(&ledger, at: begin)
        guard case .echoReply(var echo) = reply(70_000) else { return }
        let elsewhere = ICMPMessage.error(.hostUnreachable, type: 3, code: 1, destination: stranger, about: echo)
        ledger.receive(elsewhere, from: stranger, isAddressed: true, at: at(1), age: .zero)
        echo.payload = []
        let other = ICMPMessage.error(.hostUnreachable, type: 3, code: 1, destination: target, about: echo)
        ledger.receive(other, from: stranger, isAddressed: false, at: at(1), age: .zero)
        #expect(ledger.finish(1) == PingResult(sent: 1, roundTrips: [nil]))
    }

    @Test func aRefusedPacketWasNotSent() throws {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        guard case .send(let transmission) = ledger.next(at: begin) else {
            Issue.record("nothing to send")
            return
        }
        let refusal = SystemError("sendto", code: 101)
        ledger.failed(transmission, refusal, at: begin)
        #expect(ledger.next(at: begin) == .finish(1, PingResult(refusal: refusal)))
    }

    @Test func aPostponedPacketLeavesLaterUnderANewNumber() {
        var ledger = ledger()
        ledger.start(order(), at: begin)
        guard case .send(let transmission) = ledger.next(at: begin) else {
            Issue.record("nothing to send")
            return
        }
        ledger.postpone(transmission, until: at(1))
        #expect(send(&ledger, at: begin) == [])
        #expect(send(&ledger, at: at(1)) == [70_001])
        ledger.receive(reply(70_001), from: target, isAddressed: true, at: at(2), age: .zero)
        #expect(ledger.finish(1) == PingResult(sent: 1, roundTrips: [.milliseconds(1)]))
    }

    @Test func onlyTheLastPacketsAreRemembered() {
        var ledger = PingLedger(nonce: Self.nonce, firstNumber: 1, remembering: 2)
        for id in UInt64(1)...3 {
            ledger.start(order(id), at: begin)
            _ = send(&ledger, at: begin)
            _ = ledger.finish(id)
        }
        for number in UInt64(1)...3 {
            ledger.receive(reply(number), from: target, isAddressed: true, at: at(1), age: .zero)
        }
        ledger.start(order(4), at: begin)
        #expect(ledger.finish(4)?.late == 2)
    }

    @Test func twoPingsOfOneAddressKeepApart() {
        var ledger = ledger()
        ledger.start(order(1), at: begin)
        ledger.start(order(2), at: begin)
        #expect(send(&ledger, at: begin).count == 2)
        ledger.receive(reply(70_001), from: target, isAddressed: true, at: at(4), age: .zero)
        let results = [ledger.finish(1), ledger.finish(2)].map { $0?.received }
        #expect(results.compactMap { $0 }.sorted() == [0, 1])
    }
}
