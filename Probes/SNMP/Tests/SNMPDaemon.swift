import Foundation
import SNMP
import Sockets
import Synchronization
import TestSupport

/// A real snmpd on loopback with the test's own configuration, ended when nobody holds it any more.
final class SNMPDaemon: Sendable {
    static let isInstalled: Bool = {
        do {
            _ = try Command.path(of: "snmpd")
            return true
        } catch {
            return false
        }
    }()

    let port: UInt16
    private let folder: TemporaryFolder
    private let child: Mutex<Child>
    private let start: @Sendable () throws -> Child

    init(_ configuration: String = "rocommunity public 127.0.0.0/8") throws {
        folder = try TemporaryFolder()
        // The port is free when asked for; another test may take it before snmpd does.
        for _ in 0..<5 {
            let port = try Self.freePort()
            let text = """
                agentaddress udp:127.0.0.1:\(port)
                [snmp] persistentDir \(folder.root.path)
                sysname tried-1
                \(configuration)
                """
            let conf = try folder.write(text, to: "snmpd-\(port).conf")
            let (program, log) = (try Command.path(of: "snmpd"), folder.path("snmpd.log"))
            let start: @Sendable () throws -> Child = { try Child(program, ["-f", "-Lf", log, "-C", "-c", conf]) }
            let child = try start()
            if child.wait(until: { Self.answers(port) }) {
                self.port = port
                self.child = Mutex(child)
                self.start = start
                return
            }
        }
        throw Command.Failure(description: "snmpd did not start")
    }

    /// Ends it and starts it again with what it keeps.
    func restart() throws {
        try child.withLock { child in
            child.stop()
            child = try start()
            guard child.wait(until: { Self.answers(port) }) else {
                throw Command.Failure(description: "snmpd did not start again")
            }
        }
    }

    var target: String { "127.0.0.1:\(port)" }

    private static func socket() throws -> Descriptor {
        let socket = try Descriptor(socket: AF_INET, type: SOCK_DGRAM)
        let loopback = SocketAddress(.ipv4(0x7f00_0001))
        guard loopback.withSystemAddress({ bind(socket.number, $0, $1) }) == 0 else { throw SystemError.last("bind") }
        return socket
    }

    private static func freePort() throws -> UInt16 {
        try socket().localAddress().port
    }

    /// Every engine tells its identity to who asks without one, whoever may ask more.
    private static func answers(_ port: UInt16) -> Bool {
        do {
            let socket = try socket()
            let pdu = PDU(.get, requestID: 1)
            let question = USMMessage(
                messageID: 1, flags: .reportable, engineID: [], boots: 0, time: 0, user: [],
                payload: .plain(ScopedPDU(engineID: [], context: [], pdu: pdu))
            ).encoded().bytes
            let address = SocketAddress(.ipv4(0x7f00_0001), port: port)
            _ = address.withSystemAddress { sendto(socket.number, question, question.count, 0, $0, $1) }
            var entry = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 100) == 1 else { return false }
            var bytes = [UInt8](repeating: 0, count: 2048)
            return recv(socket.number, &bytes, bytes.count, 0) > 0
        } catch {
            return false
        }
    }
}
