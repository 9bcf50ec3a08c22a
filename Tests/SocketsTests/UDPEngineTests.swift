import Foundation
import Glibc
import Sockets
import Synchronization
import Testing

@Suite struct UDPEngineTests {
    /// The key is the first eight bytes.
    private func engine() throws -> UDPEngine {
        UDPEngine("udp-test") { bytes in
            bytes.count >= 8 ? UDPMark(bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }) : nil
        }
    }

    private func exchange(
        _ key: UInt64, with address: SocketAddress, size: Int = 64, again: [Duration] = [],
        until deadline: ContinuousClock.Instant = .now + .seconds(20)
    ) -> UDPExchange {
        var payload = (0..<8).map { UInt8(truncatingIfNeeded: key >> (56 - 8 * $0)) }
        payload += [UInt8](repeating: 0x5a, count: size - 8)
        return UDPExchange(to: address, payload: payload, key: key, retransmissions: again, deadline: deadline)
    }

    private static let loopbacks = ["127.0.0.1", "::1"].filter { host in
        do {
            _ = try UDPEcho(host, .silent)
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: loopbacks) func anAnswerComesBackWithItsTimeAndSource(host: String) async throws {
        let (engine, echo) = (try engine(), try UDPEcho(host))
        let asked = exchange(0x0102_0304_0506_0708, with: echo.address, size: 1400)
        let result = await engine.exchange(asked)
        guard case .answered(let answer) = result.ending else {
            Issue.record("\(result)")
            return
        }
        #expect(answer.bytes == asked.payload)
        #expect(answer.source == echo.address)
        #expect(answer.roundTrip == answer.elapsed && answer.elapsed > .zero && answer.elapsed < .seconds(10))
        #expect(result.sends == 1 && result.faults.isEmpty && result.foreign == 0)
    }

    @Test(arguments: loopbacks) func aClosedPortIsRefusedByItsHost(host: String) async throws {
        let engine = try engine()
        // Bound to find a free port, and let go.
        let address = try {
            let literal = try #require(SocketAddress(host))
            let socket = try Descriptor(socket: literal.family.systemNumber, type: SOCK_DGRAM)
            try #require(literal.withSystemAddress { bind(socket.number, $0, $1) } == 0)
            return try socket.localAddress()
        }()
        let result = await engine.exchange(exchange(1, with: address, again: [.seconds(5)]))
        guard case .refused(let fault) = result.ending else {
            Issue.record("\(result)")
            return
        }
        #expect(fault.kind == .portUnreachable)
        #expect(fault.reporter?.literal == host)
        #expect(result.sends == 1)
    }

    @Test func refusalsDoNotHarmTheOthers() async throws {
        let (engine, echo) = (try engine(), try UDPEcho())
        let closed = SocketAddress(.ipv4(0x7f00_0002), port: echo.address.port)
        let deadline = ContinuousClock.now + .seconds(20)
        let (answered, refused) = await withTaskGroup(of: UDPResult.self) { group in
            for key in UInt64(0)..<1000 {
                let destination = key.isMultiple(of: 2) ? echo.address : closed
                let asked = exchange(key, with: destination, again: [.seconds(1), .seconds(2)], until: deadline)
                group.addTask { await engine.exchange(asked) }
            }
            var (answered, refused) = (0, 0)
            for await result in group {
                switch result.ending {
                case .answered: answered += 1
                case .refused, .timedOut: refused += 1
                default: Issue.record("\(result)")
                }
            }
            return (answered, refused)
        }
        #expect(answered == 500 && refused == 500)
    }

    @Test func fiveThousandAtATimeAllAnswer() async throws {
        let (engine, echo) = (try engine(), try UDPEcho())
        let deadline = ContinuousClock.now + .seconds(120)
        let answered = await withTaskGroup(of: Bool.self) { group in
            for key in UInt64(0)..<5000 {
                let asked = exchange(
                    key, with: echo.address, again: [.seconds(2), .seconds(4)], until: deadline)
                group.addTask {
                    guard case .answered(let answer) = await engine.exchange(asked).ending else { return false }
                    return answer.bytes == asked.payload
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == 5000)
    }

    @Test func silenceIsAskedAgainAndEndsAtTheDeadline() async throws {
        let (engine, silent) = (try engine(), try UDPEcho("127.0.0.1", .silent))
        let deadline = ContinuousClock.now + .milliseconds(40)
        let result = await engine.exchange(
            exchange(1, with: silent.address, again: [.milliseconds(10), .milliseconds(10)], until: deadline))
        #expect(result == UDPResult(.timedOut, sends: 3))
        #expect(ContinuousClock.now >= deadline)
    }

    @Test func anAnswerFromAnotherPortIsForeign() async throws {
        let (engine, echo) = (try engine(), try UDPEcho("127.0.0.1", .answersFromAnotherPort))
        let result = await engine.exchange(
            exchange(1, with: echo.address, until: .now + .milliseconds(100)))
        #expect(result == UDPResult(.timedOut, sends: 1, foreign: 1))
    }

    @Test func aConversationGoesOnUntilNothingMoreIsAsked() async throws {
        let (engine, echo) = (try engine(), try UDPEcho())
        let asked = Mutex(1)
        let first = exchange(1, with: echo.address)
        let result = await engine.converse(first) { result in
            guard case .answered = result.ending else { return nil }
            let number = asked.withLock { asked in
                asked += 1
                return asked
            }
            return number <= 500 ? self.exchange(UInt64(number), with: echo.address) : nil
        }
        guard case .answered(let answer) = result.ending else {
            Issue.record("\(result)")
            return
        }
        #expect(answer.bytes == exchange(500, with: echo.address).payload)
        #expect(asked.withLock { $0 } == 501)
        // The engine is free of it: the same key may be asked again.
        #expect(await engine.exchange(first).sends == 1)
    }

    @Test func aConversationThatIsBrokenOffAsksNothingMore() async throws {
        let (engine, silent) = (try engine(), try UDPEcho("127.0.0.1", .silent))
        let first = exchange(1, with: silent.address)
        let result = await withTaskGroup(of: UDPResult?.self) { group in
            group.addTask { await engine.converse(first) { _ in first } }
            group.addTask {
                _ = await engine.exchange(self.exchange(2, with: silent.address, until: .now + .milliseconds(20)))
                return nil
            }
            _ = await group.next()
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(result?.ending == .cancelled)
    }

    @Test func rubbishIsCountedAndNothingElse() async throws {
        let engine = UDPEngine("udp-test") { _ in nil }
        let echo = try UDPEcho()
        let result = await engine.exchange(
            exchange(1, with: echo.address, until: .now + .milliseconds(50)))
        #expect(result == UDPResult(.timedOut, sends: 1, unreadable: 1))
        #expect(engine.unclaimed == 0)
    }

    @Test func whatThisMachineCannotSendEndsAtOnce() async throws {
        let engine = try engine()
        let loopback = SocketAddress(.ipv4(0x7f00_0001), port: 9)
        let tooLong = UDPExchange(
            to: loopback, payload: [UInt8](repeating: 0, count: 65_530), key: 1, deadline: .now + .seconds(20))
        #expect(await engine.exchange(tooLong) == UDPResult(.cannotSend(SystemError("sendmmsg", code: EMSGSIZE))))
        let far = UDPExchange(
            to: loopback, payload: [UInt8](repeating: 0, count: 70_000), key: 1, deadline: .now + .seconds(20))
        #expect(await engine.exchange(far) == UDPResult(.cannotSend(SystemError("sendmmsg", code: EMSGSIZE))))
        // Broadcasting was never asked for.
        let broadcast = exchange(2, with: SocketAddress(.ipv4(0xffff_ffff), port: 9))
        guard case .cannotSend = await engine.exchange(broadcast).ending else {
            Issue.record("a broadcast left")
            return
        }
    }

    @Test func theLocalAddressIsTheOneThatTheDestinationSees() throws {
        let engine = try engine()
        let local = try engine.localAddress(towards: SocketAddress(.ipv4(0x7f00_0009), port: 5060))
        #expect(local.literal == "127.0.0.1" && local.port != 0)
    }

    @Test func closingEndsWhatIsUnderWay() async throws {
        let (engine, silent) = (try engine(), try UDPEcho("127.0.0.1", .silent))
        async let long = engine.exchange(exchange(1, with: silent.address, until: .now + .seconds(3600)))
        async let short = engine.exchange(
            exchange(2, with: silent.address, until: .now + .milliseconds(20)))
        #expect(await short.ending == .timedOut)
        engine.close()
        engine.close()
        #expect(await long.ending == .cancelled)
        #expect(await engine.exchange(exchange(3, with: silent.address)) == UDPResult(.cancelled))
    }

    @Test func cancellingTheTaskEndsTheExchange() async throws {
        let (engine, silent) = (try engine(), try UDPEcho("127.0.0.1", .silent))
        let asked = exchange(1, with: silent.address, until: .now + .seconds(3600))
        let ending = await withTaskGroup(of: UDPResult.self) { group in
            group.addTask { await engine.exchange(asked) }
            group.cancelAll()
            return await group.next()?.ending
        }
        #expect(ending == .cancelled)
    }

    @Test func whoNeverAsksHasNoThreadAndWhoIsClosedAsksNoMore() async throws {
        func threads() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count {
                let name = try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)
                return name == "udp-idle\n"
            }
        }
        let engine = UDPEngine("udp-idle") { _ in nil }
        #expect(try threads() == 0 && engine.unclaimed == 0)
        let echo = try UDPEcho("127.0.0.1", .silent)
        let asked = UDPExchange(to: echo.address, payload: [1], key: 1, deadline: .now + .milliseconds(50))
        #expect(await engine.exchange(asked).ending == .timedOut)
        #expect(try threads() == 1)
        engine.close()
        #expect(try threads() == 0)
        #expect(await engine.exchange(asked).ending == .cancelled)
        #expect(throws: SystemError.self) { try engine.localAddress(towards: echo.address) }
    }
}
