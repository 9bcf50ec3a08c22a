import Foundation
import HostProbe
import Testing

@Suite struct UnitsTests {
    /// What systemd 252 and dbus-daemon 1.14 answered to `Hello` and `ListUnitsFiltered(["failed"])`.
    private func recording() throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return [UInt8](try Data(contentsOf: folder.appending(path: "failed-units.bin")))
    }

    private func signedIn(isBus: Bool = true) throws -> UnitsConversation {
        var conversation = UnitsConversation(isBus: isBus)
        guard case .send = try conversation.take("OK d401aa8565197148315448116b03dde1\r\n".utf8) else {
            throw UnitsError.closed
        }
        return conversation
    }

    @Test func theGreetingNamesTheUserInHexadecimal() {
        #expect(UnitsConversation.greeting(user: 1000) == [0] + Array("AUTH EXTERNAL 31303030\r\n".utf8))
    }

    @Test func systemdsAnswerNamesTheFailedUnit() throws {
        var conversation = try signedIn()
        #expect(try conversation.take(try recording()) == .done(["haidang-fail.service"]))
    }

    @Test func theAnswerMayComeByteByByte() throws {
        var conversation = try signedIn()
        var last = UnitsConversation.Step.wait
        for byte in try recording() { last = try conversation.take([byte]) }
        #expect(last == .done(["haidang-fail.service"]))
    }

    @Test func aCutAnswerIsWaitedForAndNeverTraps() throws {
        let bytes = try recording()
        for length in 0..<bytes.count {
            var conversation = try signedIn()
            #expect(try conversation.take(bytes.prefix(length)) == .wait)
        }
    }

    @Test func aBrokenByteNeverTraps() throws {
        let bytes = try recording()
        for index in bytes.indices {
            for value in [UInt8(0), 0x7f, 0xff] {
                var broken = bytes
                broken[index] = value
                var conversation = try signedIn()
                do throws(UnitsError) {
                    _ = try conversation.take(broken)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }

    @Test func aRefusedSignInIsAnError() {
        var conversation = UnitsConversation(isBus: true)
        #expect(throws: UnitsError.refused("REJECTED EXTERNAL")) { try conversation.take("REJECTED EXTERNAL\r\n".utf8) }
    }

    @Test func theCallIsWrittenAsTheReferenceLibraryWritesIt() throws {
        var call = BusMessage.call(
            serial: 2, destination: "a.b", path: "/a", interface: "c.d", member: "M", list: ["failed"])
        let expected: [UInt8] = [0x6c, 1, 0, 1, 15, 0, 0, 0, 2, 0, 0, 0]
        #expect(call.starts(with: expected) && call.count.isMultiple(of: 8) == false)
        #expect(Array(call.suffix(15)) == [11, 0, 0, 0, 6, 0, 0, 0] + Array("failed".utf8) + [0])
        let message = try #require(try BusMessage.take(from: &call))
        #expect(message.kind == .call && message.signature == "as" && call.isEmpty)
    }

    @Test func aLengthThatLiesReachesNoFurtherThanItsMessage() throws {
        var message = BusMessage.call(
            serial: 2, destination: "a.b", path: "/a", interface: "c.d", member: "M", list: ["failed"])
        // The last field is the signature of the body: its length, "as" and a zero.
        let end = 16 + Int(message[12])
        try #require(Array(message[(end - 4)..<end]) == [2, UInt8(ascii: "a"), UInt8(ascii: "s"), 0])
        message[end - 4] = 20
        var followed = message + [UInt8](repeating: UInt8(ascii: "x"), count: 300)
        #expect(throws: UnitsError.malformed("header signature")) { try BusMessage.take(from: &message) }
        #expect(throws: UnitsError.malformed("header signature")) { try BusMessage.take(from: &followed) }
    }
}
