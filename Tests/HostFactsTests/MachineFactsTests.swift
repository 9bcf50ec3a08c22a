import Foundation
import Glibc
import HostFacts
import Testing
import Vocabulary

/// The sheet of this machine against what its own tools print, field by field.
@Suite struct MachineFactsTests {
    private static let sheet = HostFacts().read()
    private static let facts = Dictionary(sheet.facts.map { ($0.path, $0.value) }) { first, _ in first }

    private func fact(_ segments: String...) -> String? {
        Self.facts[segments.map { Fact($0, value: "").path }.joined(separator: "/")]
    }

    @Test func twoReadsAreEqual() {
        let facts = HostFacts()
        // Listening sockets of other programs may come and go meanwhile.
        func still(_ sheet: Sheet) -> [Fact] { sheet.facts.filter { !$0.path.hasPrefix("listen/") } }
        #expect(still(facts.read()) == still(facts.read()))
    }

    @Test func kernelAndArchitectureAreUnames() throws {
        #expect(fact("os", "kernel") == (try Tool.lines("uname", "-r")).first)
        #expect(fact("os", "architecture") == (try Tool.lines("uname", "-m")).first)
        #expect(fact("os", "hostname") == (try Tool.lines("uname", "-n")).first)
    }

    @Test(.enabled(if: Tool.exists("lsblk"), "needs lsblk"))
    func disksAreLsblks() throws {
        let listing = try Tool.json(
            Listing.self, "lsblk", "-J", "-b", "-d", "-o", "NAME,TYPE,SIZE,RO,RM,ROTA,MODEL,SERIAL")
        var compared = 0
        for disk in listing.blockdevices where disk.type == "disk" && Tool.isThere("/sys/block/\(disk.name)/device") {
            compared += 1
            #expect(disk.rm || fact("disk", disk.name, "bytes") == String(disk.size))
            #expect(fact("disk", disk.name, "rotational") == (disk.rota ? "yes" : "no"))
            #expect(fact("disk", disk.name, "removable") == (disk.rm ? "yes" : "no"))
            if let serial = disk.serial { #expect(fact("disk", disk.name, "serial") == serial) }
        }
        let known = Set(Self.sheet.facts.filter { $0.path.hasPrefix("disk/") }.map { $0.segments[1] })
        #expect(known.count >= compared)
    }

    @Test(.enabled(if: Tool.exists("ip"), "needs ip"))
    func interfacesAreIps() throws {
        let links = try Tool.json([IPLink].self, "ip", "-j", "-d", "link")
        #expect(!links.isEmpty)
        for link in links {
            #expect(fact("interface", link.ifname, "mtu") == String(link.mtu))
            #expect(fact("interface", link.ifname, "state") == link.operstate.lowercased())
            #expect(fact("interface", link.ifname, "mac") == link.address)
            if let permanent = link.permaddr { #expect(fact("interface", link.ifname, "permanent-mac") == permanent) }
            if let kind = link.linkinfo?.infoKind { #expect(fact("interface", link.ifname, "kind") == kind) }
            if link.linkType == "loopback" { #expect(fact("interface", link.ifname, "kind") == "loopback") }
        }
        let known = Set(Self.sheet.facts.filter { $0.path.hasPrefix("interface/") }.map { $0.segments[1] })
        #expect(known == Set(links.map(\.ifname)))
    }

    @Test(.enabled(if: Tool.exists("ip"), "needs ip"))
    func addressesAreIps() throws {
        var expected: [String: String] = [:]
        for link in try Tool.json([IPLink].self, "ip", "-j", "addr") {
            for address in link.addrInfo ?? [] where address.temporary != true {
                guard let local = address.local, let prefix = address.prefixlen else { continue }
                expected["\(link.ifname) \(local)/\(prefix)"] = address.scope
            }
        }
        var found: [String: String] = [:]
        for fact in Self.sheet.facts where fact.segments.count == 4 && fact.segments[2] == "address" {
            found["\(fact.segments[1]) \(fact.segments[3])"] = fact.value
        }
        #expect(found == expected)
    }

    @Test(.enabled(if: Tool.exists("dpkg-query"), "needs dpkg-query"))
    func packagesAreDpkgs() throws {
        let format =
            "${Package}:${Architecture}\t${Version}\t${source:Package}\t${source:Version}\t${db:Status-Status}\n"
        var expected: [String: String] = [:]
        for line in try Tool.lines("dpkg-query", "-W", "-f", format) {
            let parts = line.split(separator: "\t").map { String($0) }
            guard parts.count == 5, parts[4] == "installed" else { continue }
            expected["package/\(parts[0])/version"] = parts[1]
            expected["package/\(parts[0])/source"] = parts[2]
            expected["package/\(parts[0])/source-version"] = parts[3]
        }
        #expect(!expected.isEmpty)
        #expect(Self.facts.filter { $0.key.hasPrefix("package/") } == expected)
    }

    @Test(.enabled(if: Tool.exists("getent"), "needs getent"))
    func usersAreThoseOfTheFile() throws {
        let lines = try Tool.lines("getent", "-s", "files", "passwd")
        #expect(!lines.isEmpty)
        for line in lines {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
            try #require(parts.count == 7)
            #expect(fact("user", parts[0], "uid") == parts[2] && fact("user", parts[0], "gid") == parts[3])
            #expect((fact("user", parts[0], "comment") ?? "") == parts[4] && fact("user", parts[0], "home") == parts[5])
            #expect((fact("user", parts[0], "shell") ?? "") == parts[6])
        }
    }

    @Test(.enabled(if: Tool.exists("ss"), "needs ss"))
    func listenersAreSss() throws {
        let socket = try Listener()
        defer { socket.close() }
        let before = try listening()
        let found = Dictionary(HostFacts().read().facts.map { ($0.path, $0.value) }) { first, _ in first }
        let after = try listening()
        let own = "127.0.0.1:\(socket.port)"
        let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #expect(before.contains(own) && found["listen/tcp/\(own)/program-path"] == executable)
        #expect(found["listen/tcp/\(own)/program"] == executable.split(separator: "/").last.map { String($0) })
        // Other programs come and go: what was there before and after must be known, what was neither must not.
        let known = Set(found.keys.filter { $0.hasPrefix("listen/tcp/") }.map { Fact(path: $0, value: "").segments[2] })
        #expect(before.intersection(after).isSubset(of: known) && known.isSubset(of: before.union(after)))
    }

    /// Local addresses; ss writes `*:22` for `[::]:22` that takes both families.
    private func listening() throws -> Set<String> {
        let locals = try Tool.lines("ss", "-ltnH").compactMap { $0.split(separator: " ").dropFirst(3).first }
        return Set(locals.map { $0.hasPrefix("*") ? "[::]" + $0.dropFirst() : String($0) })
    }

    @Test func theCacheGivesTheSameSheet() throws {
        let cache = FactsCache()
        let facts = HostFacts(cache: cache)
        let first = facts.read().facts.filter { $0.path.hasPrefix("package/") }
        #expect(facts.read().facts.filter { $0.path.hasPrefix("package/") } == first)
    }
}

private struct Listing: Decodable {
    struct Disk: Decodable {
        var name: String
        var type: String
        var size: Int64
        var rm: Bool
        var rota: Bool
        var serial: String?
    }
    var blockdevices: [Disk]
}

private struct IPLink: Decodable {
    struct Info: Decodable {
        var infoKind: String?
    }
    struct Address: Decodable {
        var local: String?
        var prefixlen: Int?
        var scope: String?
        var temporary: Bool?
    }
    var ifname: String
    var mtu: Int
    var operstate: String
    var linkType: String
    var address: String?
    var permaddr: String?
    var linkinfo: Info?
    var addrInfo: [Address]?
}
