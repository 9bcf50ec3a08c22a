import Glibc
import Sockets
import Testing

@Suite struct SocketAddressTests {
    @Test(arguments: [
        "0.0.0.0", "127.0.0.1", "255.255.255.255", "192.0.2.7", "::", "::1", "2001:db8::1", "fe80::1%1",
        "2001:db8:0:1:1:1:1:1", "::ffff:192.0.2.7",
    ])
    func aLiteralIsReadAndWritten(text: String) throws {
        let address = try #require(SocketAddress(text))
        #expect(address.literal == text)
        #expect(address.family == (text.contains(":") ? .ipv6 : .ipv4))
    }

    @Test(arguments: [
        "", "localhost", "127.1", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", " 127.0.0.1", "127.0.0.1%1", "::1%", "::1%0",
        "::1%no-such-interface", "1::2::3", "[::1]", "0x7f000001",
    ])
    func anythingElseIsNot(text: String) {
        #expect(SocketAddress(text) == nil)
    }

    @Test func thePortIsPartOfTheText() {
        #expect(SocketAddress("192.0.2.7", port: 22)?.description == "192.0.2.7:22")
        #expect(SocketAddress("2001:db8::1", port: 443)?.description == "[2001:db8::1]:443")
    }

    @Test func anInterfaceIsFoundByName() {
        #expect(SocketAddress("fe80::1%lo")?.literal == "fe80::1%\(if_nametoindex("lo"))")
        #expect(SocketAddress("fe80::1%lo")?.withoutPortAndScope == SocketAddress("fe80::1"))
    }

    @Test(arguments: ["192.0.2.7", "2001:db8::1", "fe80::1%1"]) func theSystemsFormComesBack(text: String) throws {
        let address = try #require(SocketAddress(text, port: 4711))
        var storage = sockaddr_storage()
        let length = address.withSystemAddress { pointer, length in
            memcpy(&storage, pointer, Int(length))
            return length
        }
        #expect(SocketAddress(storage, length: length) == address)
        #expect(SocketAddress(storage, length: 8) == nil)
        #expect(SocketAddress(sockaddr_storage(), length: 128) == nil)
    }
}
