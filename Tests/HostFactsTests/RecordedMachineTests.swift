import Foundation
import HostFacts
import ProcFS
import Testing
import Vocabulary

@Suite struct RecordedMachineTests {
    private func fixtures() throws -> URL {
        try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    }

    private func read(cache: FactsCache = FactsCache()) throws -> Sheet {
        let folder = try fixtures().appending(path: "rtnetlink")
        let links = [UInt8](try Data(contentsOf: folder.appending(path: "links.bin")))
        let addresses = [UInt8](try Data(contentsOf: folder.appending(path: "addresses.bin")))
        return HostFacts(
            root: try fixtures().appending(path: "debian-12").path(), cache: cache,
            netlink: { request in request == .links ? links : addresses },
            capacity: { path in
                Capacity(total: path.hasSuffix("disk") ? 200 : 100, free: 0, available: 0, inodes: 0, freeInodes: 0)
            },
            machine: { "x86_64" }
        ).read()
    }

    @Test(
        arguments: [
            ("hardware/vendor", "Dell Inc."), ("hardware/model", "PowerEdge R640"), ("hardware/serial", "ABC1234"),
            ("hardware/chassis", "server"), ("hardware/bios-date", "07/09/2021"),
            ("hardware/virtualization", "vm-other"),
            ("hardware/version", nil), ("hardware/board-model", nil), ("memory/bytes", "25276502016"),
            ("disk/sda/bytes", "1000204886016"), ("disk/sda/serial", "Z1W3ABCD"), ("disk/sda/rotational", "yes"),
            ("disk/sda/vendor", "ATA"), ("disk/nvme0n1/model", "SAMSUNG MZVLB512HBJQ-000L7"),
            ("disk/nvme0n1/serial", "S4ENNX0N123456"), ("disk/loop0/bytes", nil), ("filesystem/%2F/bytes", "100"),
            ("filesystem/%2Fsrv%2Fdata disk/bytes", "200"), ("filesystem/%2Fsrv%2Farchive/device", "nas:/archive"),
            ("filesystem/%2Fsrv%2Farchive/bytes", nil), ("interface/br0/kind", "bridge"), ("interface/v0/kind", "veth"),
            ("interface/v0/mtu", "9000"), ("interface/v0/mac", "aa:b7:be:06:a0:51"), ("interface/lo/kind", "loopback"),
            ("interface/v0/state", "up"), ("interface/v0/address/192.0.2.7%2F24", "global"),
            ("interface/v0/address/2001:db8::7%2F64", "global"), ("interface/br0/address/198.51.100.1%2F32", "global"),
            ("interface/lo/address/127.0.0.1%2F8", "host"), ("interface/tun0/kind", "tun"), ("interface/tun0/mac", nil),
            ("network/gateway/4", "192.0.2.1"), ("network/gateway/6", "fe80::1%eth0"), ("network/dns/1", "192.0.2.53"),
            ("network/dns/2", "2001:db8::53"), ("os/id", "debian"), ("os/version", "12"), ("os/codename", "bookworm"),
            ("os/hostname", "web-1"), ("os/fqdn", "web-1.example.org"), ("os/architecture", "x86_64"),
            ("os/timezone", "Asia/Ho_Chi_Minh"), ("service-manager", "systemd"),
            ("package/libc6:amd64/source", "glibc"),
            ("package/adduser:all/source", "adduser"), ("package/old-thing:amd64/version", nil), ("user/root/uid", "0"),
            ("user/anna/comment", "Anna Nguyễn,,,"), ("group/sudo/members", "anna,zoe"), ("group/root/members", ""),
            ("group/daemon/members", nil), ("listen/tcp/0.0.0.0:22/program", "sshd"),
            ("listen/tcp/0.0.0.0:22/program-path", "/usr/sbin/sshd"), ("listen/tcp/[::]:22/user", "root"),
            ("listen/tcp/127.0.0.1:5432/user", "daemon"), ("listen/tcp/127.0.0.1:5432/program", nil),
            ("listen/tcp/[::1]:25/user", "4242"), ("listen/udp/127.0.0.1:323/program", "systemd"),
            ("listen/udp/127.0.0.1:41283/user", nil),
        ] as [(String, String?)])
    func theFactIs(path: String, value: String?) throws {
        #expect(try read().facts.first { $0.path == path }?.value == value)
    }

    @Test func theSheetIsSortedAndStable() throws {
        let cache = FactsCache()
        let first = try read(cache: cache)
        let again = try read(cache: cache)
        let fresh = try read()
        #expect(again == first && fresh == first)
        #expect(first.facts.map(\.path) == first.facts.map(\.path).sorted())
        #expect(Set(first.facts.map(\.path)).count == first.facts.count)
        #expect(first.blindSpots.isEmpty)
    }

    @Test func aMachineWithoutAnythingIsNoError() {
        let facts = HostFacts(
            root: "/proc/self/nothing",
            netlink: { _ throws(FileError) in throw FileError(path: "rtnetlink", code: 97) },
            machine: { "" })
        let sheet = facts.read()
        #expect(sheet.facts.isEmpty)
        #expect(sheet.blindSpots.map(\.code) == ["interfaces"])
    }
}
