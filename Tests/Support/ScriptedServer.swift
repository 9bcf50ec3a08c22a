import Foundation
package import Glibc
import Synchronization

/// A server on loopback for one client at a time, by UDP or TCP, that answers what comes by a script and remembers it.
package final class ScriptedServer: Sendable {
    /// Gets what one read brought and how many there were with it; gives what to send, one write each. An empty write
    /// closes the connection.
    package typealias Script = @Sendable (_ request: [UInt8], _ number: Int) -> [[UInt8]]

    package let port: UInt16
    private let descriptor: Int32
    private let isOver = Mutex(false)
    private let log = Mutex<[[UInt8]]>([])

    /// What came so far.
    package var requests: [[UInt8]] { log.withLock(\.self) }

    package init(_ type: __socket_type, _ script: @escaping Script) throws {
        descriptor = socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Command.Failure(description: "no socket: errno \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
        Self.wakeNowAndThen(descriptor)
        if type == SOCK_STREAM { listen(descriptor, 64) }
        Thread.detachNewThread { [self] in
            if type == SOCK_STREAM { serveConnections(script) } else { serveDatagrams(script) }
            close(descriptor)
        }
    }

    package func stop() {
        isOver.withLock { $0 = true }
    }

    /// Every 20 ms a waiting call returns, to see whether it is over.
    private static func wakeNowAndThen(_ descriptor: Int32) {
        var patience = timeval(tv_sec: 0, tv_usec: 20_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    private func note(_ request: [UInt8]) -> Int {
        log.withLock { log in
            log.append(request)
            return log.count
        }
    }

    private func serveDatagrams(_ script: Script) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var sender = sockaddr_storage()
        while !isOver.withLock(\.self) {
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutablePointer(to: &sender) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { sender in
                    let count = recvfrom(descriptor, &buffer, buffer.count, 0, sender, &length)
                    guard count > 0 else { return }
                    let request = Array(buffer.prefix(count))
                    for answer in script(request, note(request)) {
                        sendto(descriptor, answer, answer.count, 0, sender, length)
                    }
                }
            }
        }
    }

    private func serveConnections(_ script: Script) {
        while !isOver.withLock(\.self) {
            let client = accept(descriptor, nil, nil)
            guard client >= 0 else { continue }
            Self.wakeNowAndThen(client)
            serve(client, script)
            close(client)
        }
    }

    private func serve(_ client: Int32, _ script: Script) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isOver.withLock(\.self) {
            let count = recv(client, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN { continue }
            guard count > 0 else { return }
            let request = Array(buffer.prefix(count))
            for answer in script(request, note(request)) {
                guard !answer.isEmpty else { return }
                send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
            }
        }
    }
}
