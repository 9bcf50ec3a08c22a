import SNMP
import SNMPProbe
import Testing

@Suite struct USMTests {
    private let engine: [UInt8] = [UInt8](repeating: 0, count: 11) + [2]
    private let library = KeysCryptography()

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// RFC 3414 A.3.1 and A.3.2.
    @Test(arguments: [
        (AuthenticationHash.md5, "526f5eed9fcce26f8964c2930787d82b"),
        (.sha1, "6695febc9288e36282235fc7151f128497b38f3f"),
    ]) func aPasswordBecomesTheKeyOfTheStandard(hash: AuthenticationHash, key: String) throws {
        let made = try USMKeys.localised(Array("maplesyrup".utf8), at: engine, by: hash, library)
        #expect(hex(made) == key)
    }

    private func session(_ engine: [UInt8] = [0x80, 0, 0, 0, 1]) throws -> USMSession {
        let user = USMUser(
            name: Array("monitor".utf8), authentication: .init(.sha256, password: Array("authpass123".utf8)),
            privacy: .init(.aes256, password: Array("privpass123".utf8)))
        var session = USMSession(user: user, context: [], salt: 1, library)
        let report = PDU(
            .report, requestID: 1, varBinds: [VarBind([1, 3, 6, 1, 6, 3, 15, 1, 1, 4, 0], .counter32(1))])
        let discovered = USMMessage(
            messageID: 1, flags: [], engineID: engine, boots: 4, time: 100, user: [],
            payload: .plain(ScopedPDU(engineID: engine, context: [], pdu: report))
        ).encoded().bytes
        let reply = try session.read(discovered, at: begin)
        #expect(reply == .report(.engine))
        try session.setKeys(try USMKeys(for: user, at: engine, library))
        return session
    }

    private let begin = ContinuousClock.now

    @Test func nothingIsAskedInTheClearForWantOfKeys() throws {
        var session = try session()
        session.forget()
        #expect(throws: CryptographyFailure.self) {
            try session.message(PDU(.get, requestID: 1), messageID: 1, at: begin)
        }
    }

    /// What one end writes, the other end reads: both are the same user at the same engine.
    @Test func whatIsAuthenticatedAndEncipheredReadsBack() throws {
        var writer = try session()
        var reader = try session()
        let pdu = PDU(.response, requestID: 9, varBinds: [VarBind([1, 3, 6], .integer(1))])
        let bytes = try writer.message(pdu, messageID: 7, at: begin)
        let reply = try reader.read(bytes, at: begin)
        #expect(reply == .response(pdu))
        for place in bytes.indices {
            var altered = bytes
            altered[place] ^= 0x40
            var victim = try session()
            #expect(throws: (any Error).self) {
                // What says that it is a report in the clear is no answer either.
                if case .report = try victim.read(altered, at: begin) { throw BERProblem.contents }
            }
        }
    }

    @Test func anOldMessageIsAReplay() throws {
        var writer = try session()
        var reader = try session()
        let bytes = try writer.message(PDU(.response, requestID: 9), messageID: 7, at: begin)
        #expect(throws: USMSession.Problem.replayed) {
            try reader.read(bytes, at: begin + .seconds(200))
        }
        let reply = try reader.read(bytes, at: begin + .seconds(100))
        #expect(reply == .response(PDU(.response, requestID: 9)))
    }

    @Test func theClockGoesForwardOnly() {
        var clock = USMClock(boots: 3, time: 100, at: begin)
        #expect(clock.estimate(at: begin + .seconds(5)) == (3, 105))
        let taken = [clock.take(boots: 4, time: 1, at: begin), clock.take(boots: 3, time: 500, at: begin)]
        #expect(taken == [true, false])
        #expect(clock.estimate(at: begin + .seconds(1)) == (4, 2))
        var last = USMClock(boots: .max, time: 1, at: begin)
        let isTimely = last.take(boots: .max, time: 2, at: begin)
        #expect(!isTimely)
    }
}
