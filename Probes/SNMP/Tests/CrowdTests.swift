import Glibc
import ProbeSettings
import SNMP
import SNMPProbe
import SNMPSettings
import Sockets
import Testing

/// A device on loopback that has a hundred variables, and answers each GETBULK with ten of them.
private final class SmallDevice: Sendable {
    static let root: OID = [1, 3, 6, 1, 2, 1, 2, 2]
    let address: SocketAddress
    private let thread: BackgroundThread

    init(isDead: Bool = false) throws {
        let socket = try Descriptor(socket: AF_INET, type: SOCK_DGRAM)
        let loopback = SocketAddress(.ipv4(0x7f00_0001))
        guard loopback.withSystemAddress({ bind(socket.number, $0, $1) }) == 0 else { throw SystemError.last("bind") }
        socket.set(SOL_SOCKET, SO_RCVBUFFORCE, to: 8 << 20)
        address = try socket.localAddress()
        let number = socket.release()
        thread = try BackgroundThread("device") { Self.serve(number, isDead) }
    }

    deinit {
        do {
            // An empty datagram ends the thread.
            let socket = try Descriptor(socket: AF_INET, type: SOCK_DGRAM)
            _ = address.withSystemAddress { sendto(socket.number, nil, 0, 0, $0, $1) }
            thread.join()
        } catch {
            thread.detach()
        }
    }

    private static func serve(_ number: Int32, _ isDead: Bool) {
        var bytes = [UInt8](repeating: 0, count: 2048)
        while true {
            var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, -1) == 1 else { continue }
            var from = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let count = withUnsafeMutablePointer(to: &from) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(number, &bytes, bytes.count, 0, $0, &length)
                }
            }
            guard count > 0 else { break }
            guard !isDead, let answer = answer(to: Array(bytes.prefix(count))) else { continue }
            withUnsafePointer(to: &from) { pointer in
                _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(number, answer, answer.count, 0, $0, length)
                }
            }
        }
        close(number)
    }

    private static func answer(to bytes: [UInt8]) -> [UInt8]? {
        do throws(BERProblem) {
            let asked = try CommunityMessage(bytes)
            let after = asked.pdu.varBinds.first?.oid.suffix(below: root)?.first ?? 0
            let binds = (after + 1..<after + 11).map { VarBind(root + [$0], $0 > 100 ? .endOfMibView : .integer(1)) }
            let pdu = PDU(.response, requestID: asked.pdu.requestID, varBinds: VarBindList(binds))
            return CommunityMessage(version: .v2c, community: asked.community, pdu: pdu).bytes
        } catch {
            return nil
        }
    }
}

@Suite(.serialized) struct CrowdTests {
    private struct Read: Sendable {
        var isDead: Bool
        var count: Int
        var took: Duration
    }

    /// Walks so many sessions at once over one socket.
    private func walk(_ sessions: Int, deadEvery: Int?, _ engine: UDPEngine) async throws -> [Read] {
        let live = try (0..<8).map { _ in try SmallDevice() }
        let dead = try SmallDevice(isDead: true)
        let keyring = Keyring()
        let credentials = SNMPCredentials(try SNMPSettings([:]), lines: ["public"])
        // They end when nobody holds them.
        defer { withExtendedLifetime((live, dead)) {} }
        return await withTaskGroup(of: Read.self) { group in
            for number in 0..<sessions {
                let isDead = deadEvery.map { number.isMultiple(of: $0) } ?? false
                let address = isDead ? dead.address : live[number % live.count].address
                group.addTask {
                    let start = ContinuousClock.now
                    var session = SNMPSession(
                        engine, keyring, to: address, credentials, patience: .seconds(3), tries: 1)
                    var walk = Walk([SmallDevice.root, [1, 3, 6, 1, 2, 1, 31]], bulk: true)
                    let (found, _) = await session.walk(&walk, until: start + (isDead ? .seconds(4) : .seconds(30)))
                    return Read(isDead: isDead, count: found.count, took: start.duration(to: .now))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func twoThousandSessionsOfWhichATenthIsDeadHoldNobodyUp() async throws {
        let engine = UDPEngine("snmp-test", reader: SNMPProbe.reader)
        let healthy = try await walk(2000, deadEvery: nil, engine)
        let mixed = try await walk(2000, deadEvery: 10, engine)
        #expect(healthy.allSatisfy { $0.count == 100 }, "\(Set(healthy.map(\.count)))")
        let (live, dead) = (mixed.filter { !$0.isDead }, mixed.filter(\.isDead))
        #expect(live.count == 1800 && live.allSatisfy { $0.count == 100 })
        #expect(
            dead.count == 200 && dead.allSatisfy { $0.count == 0 && $0.took >= .seconds(3) },
            "\(dead.map(\.took).min() ?? .zero)")
        // Those that are dead cost the others nothing: all are through before the first of the dead is given up, in about
        // the time that they take by themselves.
        let (alone, beside) = (healthy.map(\.took).max() ?? .zero, live.map(\.took).max() ?? .zero)
        #expect(beside < alone * 2 + .milliseconds(500), "\(alone) alone, \(beside) beside the dead")
        // And a dead one takes its budget of four seconds, no more.
        #expect(dead.allSatisfy { $0.took < .seconds(8) })
    }
}
