import Foundation
import ProbeSettings
import SNMP
import SNMPProbe
import SNMPSettings
import TestSupport
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
        // It was recorded to the end: nothing lies anywhere behind it.
        _ = walk.take(VarBindList((walk.request?.places ?? []).map { VarBind($0, .endOfMibView) }))
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

    /// Every way to change a datagram a little: bytes altered, taken out, put in, said twice, cut off, lengths blown up.
    private static func mutated(_ datagram: [UInt8], _ random: inout Dice) -> [UInt8] {
        var bytes = datagram
        for _ in 0...Int.random(in: 0..<3, using: &random) {
            guard !bytes.isEmpty else { return bytes }
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes[place] = .random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(.random(in: 0...255, using: &random), at: place)
            case 4: bytes.removeLast(bytes.count - place)
            case 5: bytes[place] = [0x00, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff].randomElement(using: &random) ?? 0
            default: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
            }
        }
        return bytes
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func whateverComesIsReadOrRefusedAndNeverTraps(seed: UInt64) throws {
        var random = Dice(seed: seed)
        let settings = try SNMPSettings([:])
        var read = 0
        for round in 0..<24 {
            for datagram in Self.datagrams {
                let bytes = Self.mutated(datagram, &random)
                _ = MessageKey.read(bytes)
                do throws(BERProblem) {
                    _ = try USMMessage(bytes)
                } catch {}
                do throws(BERProblem) {
                    let message = try CommunityMessage(bytes)
                    read += 1
                    // What was read is written so that it reads alike.
                    #expect(try CommunityMessage(message.bytes) == message)
                    guard round < 4 else { continue }
                    var walk = Walk([[1]], bulk: true)
                    var snapshot = Snapshot(walk.take(message.pdu.varBinds))
                    snapshot.settle()
                    _ = Knowledge.shared.recognition.identity(snapshot)
                    _ = DeviceReading(
                        snapshot, Knowledge.shared.gauges, settings, past: nil, upTime: nil, at: .now)
                } catch {}
            }
        }
        #expect(read > 10)
    }
}
