import Sockets
import TestSupport
import Testing

@Suite struct PingLedgerTests {
    private typealias Ledger = PingLedger<Int>

    private static let nonce: UInt64 = 0xfeed
    private let begin = Moment(nanoseconds: 1_000_000_000)
    private let target = SocketAddress(.ipv4(0x0a00_0001))
    private let stranger = SocketAddress(.ipv4(0x0a00_0002))

    private func ledger() -> Ledger { Ledger(nonce: Self.nonce, firstSequence: 70) }

    private func order(count: Int = 1, within: Int = 1000, to address: SocketAddress? = nil) -> PingOrder {
        PingOrder(address ?? target, count: count, spacing: .milliseconds(100), deadline: at(within))
    }

    private func reply(to packet: Ledger.Transmission, nonce: UInt64 = PingLedgerTests.nonce) -> ICMPMessage {
        .echoReply(
            .init(
                identifier: 9, sequence: packet.sequence, mark: EchoMark(nonce: nonce, number: packet.mark.number)))
    }

    private func error(
        about packet: Ledger.Transmission, to destination: SocketAddress, quotesPayload: Bool = true
    ) -> ICMPMessage {
        .error(
            .hostUnreachable, type: 3, code: 1, largest: 0, destination: destination,
            about: .init(identifier: 9, sequence: packet.sequence, mark: quotesPayload ? packet.mark : nil))
    }

    private func at(_ milliseconds: Int) -> Moment { begin + Int64(milliseconds) * 1_000_000 }

    private func read(_ milliseconds: Int, stamped: Int? = nil, isAddressed: Bool = true) -> Ledger.Arrival {
        .init(read: at(milliseconds), stamped: stamped.map(at), isAddressed: isAddressed)
    }

    /// Sends what is due at that moment.
    private func send(_ ledger: inout Ledger, at moment: Moment) -> [Ledger.Transmission] {
        var packets: [Ledger.Transmission] = []
        while case .send(let transmission) = ledger.next(at: moment) {
            ledger.sent(transmission, at: moment)
            packets.append(transmission)
        }
        return packets
    }

    /// What is over at that moment.
    private func finished(_ ledger: inout Ledger, at moment: Moment) -> [Int: PingResult] {
        var results: [Int: PingResult] = [:]
        while case .finish(let ticket, let result) = ledger.next(at: moment) { results[ticket] = result }
        return results
    }

    @Test func aReplyEndsThePingWithItsTimeByTheKernel() throws {
        var ledger = ledger()
        _ = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        ledger.receive(reply(to: packet), from: target, read(10, stamped: 7))
        #expect(finished(&ledger, at: at(10)) == [1: PingResult(sent: 1, roundTrips: [.milliseconds(7)])])
    }

    @Test(arguments: [-5, 5000]) func aWallClockThatWasSetCannotBendTheTime(stamped: Int) throws {
        var ledger = ledger()
        let place = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        ledger.receive(reply(to: packet), from: target, read(10, stamped: stamped))
        #expect(ledger.finish(place)?.1.roundTrips == [.milliseconds(10)])
    }

    @Test func aBurstKeepsItsSpacingAndReportsHolesAndDisorder() throws {
        var ledger = ledger()
        _ = ledger.start(order(count: 4), 1, at: begin)
        var packets = send(&ledger, at: begin)
        #expect(packets.count == 1 && ledger.nextMoment == at(100))
        #expect(send(&ledger, at: at(99)).isEmpty)
        for moment in [100, 200, 300] { packets += send(&ledger, at: at(moment)) }
        #expect(packets.map(\.sequence) == [70, 71, 72, 73])
        for (packet, moment) in [(3, 303), (2, 304), (0, 305)] {
            ledger.receive(reply(to: packets[packet]), from: target, read(moment))
        }
        #expect(finished(&ledger, at: at(999)).isEmpty)
        #expect(
            finished(&ledger, at: at(1000)) == [
                1: PingResult(
                    sent: 4, roundTrips: [.milliseconds(305), nil, .milliseconds(104), .milliseconds(3)], reordered: 2)
            ])
    }

    @Test func aReplyAfterItsDeadlineCountsLateInTheNextPing() throws {
        var ledger = ledger()
        _ = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        #expect(finished(&ledger, at: at(1000)) == [1: PingResult(sent: 1, roundTrips: [nil])])
        ledger.receive(reply(to: packet), from: target, read(1001))
        ledger.receive(reply(to: packet), from: target, read(1002))
        let second = ledger.start(order(within: 2000), 2, at: at(1100))
        _ = send(&ledger, at: at(1100))
        let result = ledger.finish(second)?.1
        #expect(result?.late == 1 && result?.duplicates == 1 && result?.received == 0)
        let third = ledger.start(order(within: 3000), 3, at: at(1200))
        #expect(ledger.finish(third)?.1.late == 0)
    }

    @Test func aReplyReadInTimeButStampedAfterTheDeadlineIsLate() throws {
        var ledger = ledger()
        let place = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        ledger.receive(reply(to: packet), from: target, read(1005, stamped: 1004))
        #expect(ledger.finish(place)?.1 == PingResult(sent: 1, roundTrips: [nil], late: 1))
    }

    @Test func aReplyStampedBeforeTheDeadlineAndReadAfterItCounts() throws {
        var ledger = ledger()
        let place = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        ledger.receive(reply(to: packet), from: target, read(1005, stamped: 999))
        #expect(ledger.finish(place)?.1.roundTrips == [.milliseconds(999)])
    }

    @Test func aSecondReplyIsADuplicate() throws {
        var ledger = ledger()
        let place = ledger.start(order(count: 2), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        for moment in [5, 6, 7] { ledger.receive(reply(to: packet), from: target, read(moment)) }
        #expect(ledger.finish(place)?.1 == PingResult(sent: 1, roundTrips: [.milliseconds(5)], duplicates: 2))
    }

    @Test func whatTheTargetDidNotSayIsForeign() throws {
        var ledger = ledger()
        let place = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        ledger.receive(reply(to: packet), from: stranger, read(1))
        ledger.receive(reply(to: packet, nonce: 1), from: target, read(2))
        // Another program's ping of the same target, and a number that was never sent.
        ledger.receive(reply(to: packet, nonce: 1), from: target, read(3, isAddressed: false))
        for number in [0, 9, .max, packet.mark.number + 1] as [UInt64] {
            let echo = ICMPMessage.Echo(
                identifier: 9, sequence: 1, mark: EchoMark(nonce: Self.nonce, number: number))
            if number != packet.mark.number { ledger.receive(.echoReply(echo), from: target, read(4)) }
        }
        #expect(ledger.finish(place)?.1 == PingResult(sent: 1, roundTrips: [nil], foreign: 2))
    }

    @Test(arguments: [true, false]) func anErrorEndsThePingWithItsKindAndItsTime(quotesPayload: Bool) throws {
        var ledger = ledger()
        _ = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        ledger.receive(error(about: packet, to: target, quotesPayload: quotesPayload), from: stranger, read(3))
        let fault = ICMPFault(
            kind: .hostUnreachable, type: 3, code: 1, reporter: stranger, elapsed: .milliseconds(3))
        #expect(finished(&ledger, at: at(3)) == [1: PingResult(sent: 1, roundTrips: [nil], errors: [fault])])
    }

    @Test func anErrorAboutSomebodyElsesPacketChangesNothing() throws {
        var ledger = ledger()
        let place = ledger.start(order(), 1, at: begin)
        let packet = try #require(send(&ledger, at: begin).first)
        ledger.receive(error(about: packet, to: stranger), from: stranger, read(1))
        ledger.receive(
            error(about: packet, to: target, quotesPayload: false), from: stranger, read(1, isAddressed: false))
        #expect(ledger.finish(place)?.1 == PingResult(sent: 1, roundTrips: [nil]))
    }

    @Test func aRefusedPacketWasNotSent() {
        var ledger = ledger()
        _ = ledger.start(order(), 1, at: begin)
        guard case .send(let transmission) = ledger.next(at: begin) else {
            Issue.record("nothing to send")
            return
        }
        let refusal = SystemError("sendmmsg", code: 101)
        ledger.failed(transmission, refusal)
        #expect(finished(&ledger, at: begin) == [1: PingResult(refusal: refusal)])
    }

    @Test func postponedPacketsLeaveLaterInTheirOrder() {
        var ledger = ledger()
        let place = ledger.start(PingOrder(target, count: 3, spacing: .zero, deadline: at(1000)), 1, at: begin)
        var due: [Ledger.Transmission] = []
        while case .send(let transmission) = ledger.next(at: begin) { due.append(transmission) }
        #expect(due.count == 3)
        ledger.sent(due[0], at: begin)
        ledger.postpone(due[1], until: at(1))
        ledger.postpone(due[2], until: at(1))
        #expect(send(&ledger, at: begin).isEmpty)
        let again = send(&ledger, at: at(1))
        #expect(again.map(\.mark) == [due[1].mark, due[2].mark])
        for packet in [due[0]] + again { ledger.receive(reply(to: packet), from: target, read(2)) }
        #expect(
            ledger.finish(place)?.1
                == PingResult(sent: 3, roundTrips: [.milliseconds(2), .milliseconds(1), .milliseconds(1)]))
    }

    @Test func aPlaceIsUsedAgainOnlyWhenEnoughOthersAreRemembered() throws {
        var ledger = Ledger(nonce: Self.nonce, firstSequence: 1, remembering: 2)
        var packets: [Ledger.Transmission] = []
        for ticket in 1...6 {
            let place = ledger.start(order(), ticket, at: begin)
            packets += send(&ledger, at: begin)
            _ = ledger.finish(place)
        }
        // Of a place that is used again the earlier packets are strangers.
        for packet in packets { ledger.receive(reply(to: packet), from: target, read(1)) }
        let place = ledger.start(order(), 7, at: begin)
        #expect(ledger.finish(place)?.1.late == 2)
    }

    @Test func twoPingsOfOneAddressKeepApart() {
        var ledger = ledger()
        let places = [1, 2].map { ledger.start(order(), $0, at: begin) }
        let packets = send(&ledger, at: begin)
        #expect(packets.count == 2)
        ledger.receive(reply(to: packets[1]), from: target, read(4))
        #expect(places.map { ledger.finish($0)?.1.received ?? -1 }.sorted() == [0, 1])
    }

    /// Thousands of pings, packets that are lost, doubled, late, mixed up: every ping ends once, by its deadline, and
    /// no packet is answered twice or by another's reply.
    @Test(arguments: 0..<8) func everyPingEndsOnceWithItsOwnReplies(seed: UInt64) {
        var random = Dice(seed: seed)
        var ledger = Ledger(nonce: Self.nonce, firstSequence: .max - 100, remembering: 16)
        var orders: [Int: PingOrder] = [:]
        var results: [Int: PingResult] = [:]
        var wire: [(moment: Moment, packet: Ledger.Transmission)] = []
        var now = begin
        for step in 0..<4000 {
            now = now + Int64.random(in: 0...3_000_000, using: &random)
            if step < 3000, Bool.random(using: &random) {
                let address = SocketAddress(.ipv4(0x0a00_0000 + .random(in: 0..<500, using: &random)))
                let order = PingOrder(
                    address, count: .random(in: 0...64, using: &random),
                    spacing: .microseconds(.random(in: 0...2000, using: &random)),
                    deadline: now + .random(in: 0...80_000_000, using: &random))
                let ticket = orders.count
                orders[ticket] = order
                let place = ledger.start(order, ticket, at: now)
                if Int.random(in: 0..<50, using: &random) == 0, let (ended, result) = ledger.finish(place) {
                    results[ended] = result
                }
            }
            while let action = ledger.next(at: now) {
                switch action {
                case .finish(let ticket, let result):
                    #expect(results.updateValue(result, forKey: ticket) == nil)
                case .send(let packet):
                    switch Int.random(in: 0..<20, using: &random) {
                    case 0: ledger.failed(packet, SystemError("sendmmsg", code: 1))
                    case 1: ledger.postpone(packet, until: now + 1_000_000)
                    default:
                        ledger.sent(packet, at: now)
                        for _ in 0..<Int.random(in: 0...2, using: &random) {
                            wire.append((now + .random(in: 0...90_000_000, using: &random), packet))
                        }
                    }
                }
            }
            for (_, packet) in wire.filter({ $0.moment <= now }) {
                let isError = Int.random(in: 0..<10, using: &random) == 0
                ledger.receive(
                    isError ? error(about: packet, to: packet.address) : reply(to: packet), from: packet.address,
                    .init(read: now))
            }
            wire.removeAll { $0.moment <= now }
        }
        while let moment = ledger.nextMoment {
            now = max(now, moment)
            guard let action = ledger.next(at: now) else { continue }
            switch action {
            case .finish(let ticket, let result): #expect(results.updateValue(result, forKey: ticket) == nil)
            case .send(let packet): ledger.sent(packet, at: now)
            }
        }
        #expect(ledger.places.isEmpty)
        #expect(results.count == orders.count)
        for (ticket, result) in results {
            guard let order = orders[ticket] else { continue }
            #expect(result.sent <= order.count && result.roundTrips.count == result.sent)
            let longest = Duration.nanoseconds(order.deadline - begin)
            #expect(result.roundTrips.allSatisfy { $0.map { $0 >= .zero && $0 <= longest } ?? true })
            #expect(result.foreign == 0)
        }
    }
}
