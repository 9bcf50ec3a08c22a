import Glibc
import Sockets
import Testing

/// Against a router in network namespaces; see Fixtures/lab.sh, which starts the tests there.
@Suite(.serialized, .enabled(if: if_nametoindex("hd-lab") != 0, "not started by Fixtures/lab.sh")) struct ICMPLabTests {
    static let sockets = ICMPAvailability.Socket.allCases

    @Test(
        arguments: [
            ("203.0.113.7", ICMPFault.Kind.prohibited, "192.0.2.254"),
            ("203.0.113.200", .hostUnreachable, "192.0.2.254"), ("192.0.2.77", .hostUnreachable, "192.0.2.1"),
            ("2001:db8:3::7", .prohibited, "2001:db8:1::fe"), ("2001:db8:4::7", .networkUnreachable, "2001:db8:1::fe"),
            ("2001:db8:1::77", .hostUnreachable, "2001:db8:1::1"),
        ], sockets)
    func anErrorComesBackWithItsKindAndItsSender(
        asked: (target: String, kind: ICMPFault.Kind, reporter: String), socket: ICMPAvailability.Socket
    ) async throws {
        let engine = try ICMPEngine(program: "", trying: [socket])
        let target = try #require(SocketAddress(asked.target))
        let result = await engine.ping(target, until: .now + .seconds(20))
        #expect(result.sent == 1 && result.received == 0)
        #expect(result.errors.map(\.kind) == [asked.kind])
        #expect(result.errors.map { $0.reporter?.literal } == [asked.reporter])
    }

    @Test(arguments: sockets) func anErrorAboutOneTargetDoesNotHarmAnother(socket: ICMPAvailability.Socket) async throws
    {
        let engine = try ICMPEngine(program: "", trying: [socket])
        let router = try #require(SocketAddress("192.0.2.254"))
        let forbidden = try #require(SocketAddress("203.0.113.7"))
        let now = ContinuousClock.now
        async let good = engine.ping(router, count: 50, spacing: .milliseconds(2), until: now + .seconds(20))
        // Routers limit how many errors they send: not every packet gets its own.
        async let bad = engine.ping(forbidden, count: 50, spacing: .milliseconds(2), until: now + .seconds(2))
        let (first, second) = await (good, bad)
        #expect(first.received == 50 && first.errors.isEmpty && first.refusal == nil)
        #expect(second.sent == 50 && second.received == 0 && (1...50).contains(second.errors.count))
    }
}
