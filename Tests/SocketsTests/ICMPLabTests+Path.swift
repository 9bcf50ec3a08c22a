import Sockets
import Testing

/// Along a path of three routers in network namespaces; see Fixtures/lab.sh, which starts the tests there.
///
/// After the others and not beside them: a router has so many errors to give in a second.
extension ICMPLabTests {
    private func tracer(_ socket: ICMPAvailability.Socket) throws -> PathTracer {
        PathTracer(engine: try ICMPEngine(program: "", trying: [socket]))
    }

    private func address(_ literal: String) throws -> SocketAddress { try #require(SocketAddress(literal)) }

    @Test(
        arguments: [
            ("198.18.1.7", ["192.0.2.254", "198.51.100.254", "198.18.1.7"]),
            ("2001:db8:5::7", ["2001:db8:1::fe", "2001:db8:2::fe", "2001:db8:5::7"]),
        ], sockets)
    func everyRouterOfThePathIsNamed(
        asked: (target: String, path: [String]), socket: ICMPAvailability.Socket
    ) async throws {
        let trace = try await tracer(socket).trace(try address(asked.target), until: .now + .seconds(30))
        #expect(trace.end == .reached)
        #expect(trace.hops.map { $0.answerers.map(\.literal) } == asked.path.map { [$0] })
        #expect(trace.hops.allSatisfy { $0.asked == 3 && $0.roundTrips.count == 3 })
    }

    @Test(arguments: sockets) func whereThePathEndsIsSaid(socket: ICMPAvailability.Socket) async throws {
        let tracer = try tracer(socket)
        // IPv6, because Linux limits how often it says that an IPv4 route is prohibited, whatever is set.
        let prohibited = await tracer.trace(try address("2001:db8:3::7"), until: .now + .seconds(30))
        guard case .refused(let fault) = prohibited.end else {
            Issue.record("\(prohibited.end) is no refusal")
            return
        }
        #expect(fault.kind == .prohibited && fault.reporter?.literal == "2001:db8:1::fe")
        // Nobody holds the address: the last router says so after its own search, a few seconds later.
        let absent = await tracer.trace(
            try address("198.18.1.77"), tries: 1, patience: .milliseconds(200), until: .now + .seconds(30))
        #expect(absent.hops.first?.answerers.map(\.literal) == ["192.0.2.254"])
        #expect(absent.end != .reached)
    }

    @Test(arguments: [("198.18.1.7", 1400), ("2001:db8:5::7", 1400)], sockets)
    func aRoutersWordAboutThePathMTUIsTaken(
        asked: (target: String, bytes: Int), socket: ICMPAvailability.Socket
    ) async throws {
        let tracer = try tracer(socket)
        let mtu = await tracer.mtu(to: try address(asked.target), upTo: 1500, until: .now + .seconds(30))
        #expect(mtu?.bytes == asked.bytes)
        let router = asked.target.contains(":") ? "2001:db8:1::fe" : "192.0.2.254"
        #expect(mtu?.limit == .told(by: try address(router)))
    }

    @Test(arguments: sockets) func aHoleThatSwallowsLargePacketsIsFoundToTheByte(
        socket: ICMPAvailability.Socket
    ) async throws {
        let mtu = try await tracer(socket).mtu(
            to: try address("198.18.2.7"), upTo: 1400, patience: .milliseconds(100), until: .now + .seconds(30))
        #expect(mtu == PathMTU(bytes: 1300, limit: .silence))
    }

    @Test(arguments: sockets) func whoMarksPacketsAnewIsNoticed(socket: ICMPAvailability.Socket) async throws {
        let engine = try ICMPEngine(program: "", trying: [socket])
        let manner = EchoManner(codePoint: 46)
        let kept = await engine.ping(try address("198.18.1.7"), manner: manner, until: .now + .seconds(20))
        #expect(kept.codePoints == [46])
        let bleached = await engine.ping(try address("198.18.1.8"), manner: manner, until: .now + .seconds(20))
        #expect(bleached.codePoints == [0])
        let loopback = await engine.ping(try address("::1"), manner: manner, until: .now + .seconds(20))
        #expect(loopback.codePoints == [46])
    }

    /// A path that loses every tenth packet by chance: what is counted lies where 999,999 of a million such counts do.
    @Test(arguments: sockets) func lossIsCountedAsItHappens(socket: ICMPAvailability.Socket) async throws {
        let engine = try ICMPEngine(program: "", trying: [socket])
        let target = try address("198.18.1.9")
        var (sent, received) = (0, 0)
        for _ in 0..<40 {
            let result = await engine.ping(
                target, count: 50, spacing: .milliseconds(1), until: .now + .milliseconds(250))
            sent += result.sent
            received += result.received
            #expect(result.duplicates == 0 && result.foreign == 0 && result.errors.isEmpty)
        }
        #expect(sent == 2000)
        #expect((134...269).contains(sent - received), "\(sent - received) of 2000 lost")
    }
}
