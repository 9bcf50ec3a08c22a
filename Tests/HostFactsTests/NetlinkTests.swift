import Foundation
import HostFacts
import Testing

@Suite struct NetlinkTests {
    private func recording(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return [UInt8](try Data(contentsOf: folder.appending(path: "rtnetlink/\(name).bin")))
    }

    @Test func linksAreReadFromTheKernelsBytes() throws {
        let links = Link.list(try recording("links"))
        #expect(links.map(\.name) == ["lo", "br0", "v1", "v0", "tun0"])
        #expect(links.map(\.kind) == [nil, "bridge", "veth", "veth", "tun"])
        #expect(links.map(\.state) == ["unknown", "unknown", "up", "up", "down"])
        #expect(links[3].mac == "aa:b7:be:06:a0:51" && links[3].mtu == 9000 && links[0].isLoopback)
    }

    @Test func onAPointToPointLineTheAddressIsOurs() throws {
        let addresses = InterfaceAddress.list(try recording("addresses"))
        #expect(addresses.contains { $0.address == "198.51.100.1/32" && $0.index == 2 })
        #expect(addresses.contains { $0.address == "::1/128" && $0.scope == "host" })
        #expect(!addresses.contains { $0.isTemporary })
    }

    @Test(arguments: ["links", "addresses"])
    func cutAndBrokenBytesNeverTrap(name: String) throws {
        let bytes = try recording(name)
        for length in stride(from: 0, to: min(bytes.count, 3000), by: 1) {
            _ = Link.list(Array(bytes.prefix(length)))
            _ = InterfaceAddress.list(Array(bytes.prefix(length)))
        }
        for index in stride(from: 0, to: min(bytes.count, 2000), by: 1) {
            for value in [UInt8(0), 3, 0xff] {
                var broken = bytes
                broken[index] = value
                _ = Link.list(broken)
                _ = InterfaceAddress.list(broken)
            }
        }
    }

    @Test func aMessageOfNoLengthEndsTheList() {
        #expect(NetlinkMessage.split([0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).isEmpty)
        #expect(NetlinkMessage.attributes([3, 0, 1, 0]).isEmpty)
    }

    @Test func temporaryAddressesAreKnown() {
        var bytes: [UInt8] = [10, 64, 0x01, 0, 2, 0, 0, 0, 20, 0, 1, 0] + [0x20, 1, 0x0d, 0xb8]
        bytes += [UInt8](repeating: 1, count: 12)
        let address = InterfaceAddress(parsing: NetlinkMessage(type: 20, payload: bytes[...]))
        #expect(address?.isTemporary == true && address?.address == "2001:db8:101:101:101:101:101:101/64")
    }
}
