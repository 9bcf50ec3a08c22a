import Glibc
import ProbeSettings
import SNMP
import SNMPProbe
import SNMPSettings
import Sockets

/// Walks ifTable and ifXTable of many devices and keeps what came, as a check does; Tests/Benchmarks/snmp measures it.
///
///     snmp-bench DEVICES AT-ONCE PORT [v3]     127.9.0.1 and on; community public, or user u1, SHA, AES
///     snmp-bench all PORT ADDRESS…             all that each of them has, one after another; community public
///
/// Prints the variables that it read; of all there are a line for each address: how many, the last, and what went wrong.
/// Ends with status 1 when one could not be read whole.
@main struct SNMPBench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        if arguments.count > 3, arguments[1] == "all", let port = UInt16(arguments[2]) {
            exit(try await walkAll(arguments.dropFirst(3), port: port) ? 0 : 1)
        }
        guard arguments.count > 3, let devices = UInt32(arguments[1]), let atOnce = UInt32(arguments[2]),
            let port = UInt16(arguments[3])
        else { exit(2) }
        let isV3 = arguments.count > 4
        let settings = try SNMPSettings(
            isV3 ? ["version": "3", "user": "u1", "auth": "sha", "privacy": "aes", "secret": "/told"] : [:])
        let credentials = SNMPCredentials(settings, lines: isV3 ? ["authpass12", "privpass12"] : ["public"])
        let engine = UDPEngine("snmp", reader: SNMPProbe.reader)
        let keyring = Keyring()
        let counts = await withTaskGroup(of: (Int, Bool).self) { group in
            for lane in 0..<atOnce {
                group.addTask {
                    var (count, isWhole) = (0, true)
                    for number in stride(from: lane, to: devices, by: Int(atOnce)) {
                        let address = SocketAddress(.ipv4(0x7f09_0001 + number), port: port)
                        var session = SNMPSession(
                            engine, keyring, to: address, credentials, patience: .seconds(5), tries: 3)
                        var walk = Walk([[1, 3, 6, 1, 2, 1, 2, 2], [1, 3, 6, 1, 2, 1, 31, 1, 1]], bulk: true)
                        let (found, failure) = await session.walk(&walk, until: .now + .seconds(60))
                        var snapshot = Snapshot(found)
                        snapshot.settle()
                        count += snapshot.binds.count
                        isWhole = isWhole && failure == nil && walk.problems.isEmpty
                    }
                    return (count, isWhole)
                }
            }
            var all = (0, true)
            while let lane = await group.next() { all = (all.0 + lane.0, all.1 && lane.1) }
            return all
        }
        engine.close()
        print("\(counts.0) variables")
        exit(counts.1 ? 0 : 1)
    }

    private static func walkAll(_ addresses: some Sequence<String>, port: UInt16) async throws -> Bool {
        let credentials = SNMPCredentials(try SNMPSettings([:]), lines: ["public"])
        let engine = UDPEngine("snmp", reader: SNMPProbe.reader)
        defer { engine.close() }
        var isWhole = true
        for text in addresses {
            guard let address = SocketAddress(text, port: port) else { exit(2) }
            var session = SNMPSession(engine, Keyring(), to: address, credentials, patience: .seconds(5), tries: 3)
            var walk = Walk([[1]], bulk: true)
            let (found, failure) = await session.walk(&walk, until: .now + .seconds(170))
            let troubles = walk.problems.map { "\($0)" } + (failure.map { ["\($0)"] } ?? [])
            isWhole = isWhole && troubles.isEmpty
            let last = found.last?.oid.description ?? "-"
            print(text, found.count, last, troubles.joined(separator: "; "), separator: "\t")
        }
        return isWhole
    }
}
