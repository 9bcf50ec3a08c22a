import Foundation
import ProbeSettings
import SNMP
import SNMPProbe
import SNMPSettings
import Testing

/// What a real snmpd answered, kept as it came; see Fixtures/README.md.
@Suite struct RecordedTests {
    private static let datagrams: [[UInt8]] = {
        guard let url = Bundle.module.url(forResource: "Fixtures/snmpd", withExtension: "datagrams"),
            let bytes = FileManager.default.contents(atPath: url.path)
        else { return [] }
        var found: [[UInt8]] = []
        var rest = [UInt8](bytes)[...]
        while rest.count > 2 {
            let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
            found.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return found
    }()

    @Test func aRecordedWalkIsADevice() throws {
        #expect(Self.datagrams.count > 3)
        var walk = Walk([[1]], bulk: true)
        var snapshot = Snapshot()
        for datagram in Self.datagrams {
            snapshot.add(walk.take(try CommunityMessage(datagram).pdu.varBinds))
        }
        #expect(walk.request == nil && walk.problems.isEmpty)
        snapshot.settle()
        let identity = Knowledge.shared.recognition.identity(snapshot)
        #expect(identity.family == "linux" && identity.version == "6.1.0-18-amd64")
        #expect(identity.model == "Generic x86 64-bit")
        let interfaces = Interface.all(snapshot)
        #expect(interfaces.map(\.name).contains("lo"))
        let system = SystemGroup(snapshot)
        #expect(system.location == "Hall 1" && system.contact == "noc@example.org")
    }

    @Test func itReadsBackToTheSameBytesOrIsRefusedNeverTraps() throws {
        var random = SystemRandomNumberGenerator()
        let settings = try SNMPSettings([:])
        for datagram in Self.datagrams {
            #expect(try CommunityMessage(datagram).pdu.kind == .response)
            for _ in 0..<300 {
                var altered = datagram
                for _ in 0..<3 { altered[Int.random(in: altered.indices, using: &random)] = .random(in: 0...255) }
                do throws(BERProblem) {
                    let binds = try CommunityMessage(altered).pdu.varBinds
                    var walk = Walk([[1]], bulk: true)
                    var snapshot = Snapshot(walk.take(binds))
                    snapshot.settle()
                    _ = Knowledge.shared.recognition.identity(snapshot)
                    _ = DeviceReading(
                        snapshot, Knowledge.shared.gauges, settings, past: nil, upTime: nil, at: .now)
                } catch {
                    continue
                }
            }
        }
    }
}
