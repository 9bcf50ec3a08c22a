import SNMP
import Testing

@Suite struct MessageTests {
    static let request = CommunityMessage(
        version: .v2c, community: Array("public".utf8),
        pdu: PDU(.getBulk, requestID: 0x1234_5678, errorIndex: 25, varBinds: [VarBind([1, 3, 6, 1, 2, 1])]))

    static let answer = CommunityMessage(
        version: .v2c, community: Array("public".utf8),
        pdu: PDU(
            .response, requestID: -1, errorStatus: 2, errorIndex: 1,
            varBinds: VarBindList(BERTests.values.map { VarBind([1, 3, 6, 1], $0.0) })))

    static let v3 = USMMessage(
        messageID: 7, flags: [.authenticated, .reportable], engineID: [0x80, 0, 1, 2, 3], boots: 3, time: 200,
        user: Array("monitor".utf8), code: [UInt8](repeating: 0, count: 24), salt: [1, 2, 3, 4, 5, 6, 7, 8],
        payload: .plain(ScopedPDU(engineID: [0x80, 0, 1, 2, 3], context: [], pdu: answer.pdu)))

    @Test func aRequestIsTheBytesThatTheStandardSays() {
        let expected: [UInt8] = [
            0x30, 38, 2, 1, 1, 4, 6, 0x70, 0x75, 0x62, 0x6c, 0x69, 0x63,
            0xa5, 25, 2, 4, 0x12, 0x34, 0x56, 0x78, 2, 1, 0, 2, 1, 25,
            0x30, 11, 0x30, 9, 6, 5, 0x2b, 6, 1, 2, 1, 5, 0,
        ]
        #expect(Self.request.bytes == expected)
    }

    @Test func messagesReadBackAsTheyWereWritten() throws {
        #expect(try CommunityMessage(Self.request.bytes) == Self.request)
        #expect(try CommunityMessage(Self.answer.bytes) == Self.answer)
        let (bytes, start) = Self.v3.encoded()
        let back = try USMMessage(bytes)
        #expect(back.codeStart == start)
        #expect(back.engineID == Self.v3.engineID && back.user == Self.v3.user && back.salt == Self.v3.salt)
        #expect(back.payload == Self.v3.payload && back.flags == Self.v3.flags && back.time == 200)
    }

    @Test func theKeyOfAnAnswerIsFoundWithoutReadingIt() {
        #expect(MessageKey.read(Self.answer.bytes) == MessageKey.of(requestID: -1))
        #expect(MessageKey.read(Self.v3.encoded().bytes) == MessageKey.of(messageID: 7))
        #expect(MessageKey.read(Self.request.bytes) == nil)
        #expect(MessageKey.read([]) == nil && MessageKey.read(Array("hello".utf8)) == nil)
    }

    static let recorded: [[UInt8]] = [request.bytes, answer.bytes, v3.encoded().bytes]

    @Test(arguments: recorded) func aMessageCutAtAnyByteIsRefused(bytes: [UInt8]) {
        for count in bytes.indices {
            let cut = Array(bytes.prefix(count))
            _ = MessageKey.read(cut)
            #expect(throws: BERProblem.self) { try CommunityMessage(cut) }
            #expect(throws: BERProblem.self) { try USMMessage(cut) }
        }
    }

    @Test(arguments: recorded) func anAlteredMessageNeverTraps(bytes: [UInt8]) {
        var random = SystemRandomNumberGenerator()
        var refused = 0
        for _ in 0..<4000 {
            var altered = bytes
            for _ in 0...Int.random(in: 0..<3, using: &random) {
                let place = Int.random(in: altered.indices, using: &random)
                altered[place] = UInt8.random(in: 0...255, using: &random)
            }
            _ = MessageKey.read(altered)
            do throws(BERProblem) {
                _ = try CommunityMessage(altered)
            } catch {
                refused += 1
            }
            do throws(BERProblem) {
                _ = try USMMessage(altered)
            } catch {
                refused += 1
            }
        }
        #expect(refused >= 4000)
    }
}
