import Foundation
import Synchronization

/// A TCP server on loopback for one client: says a greeting, then answers each line by a script; remembers the lines.
package final class LineServer: Sendable {
    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
    }

    private let listener: Loopback
    private let log = Log()

    package var port: UInt16 { listener.port }

    /// What the client has said so far, without line ends.
    package var lines: [String] { log.lines.withLock { $0 } }

    /// `answer` gets each line and gives what to send back, line ends included; nil closes the connection.
    package init(greeting: String, answer: @escaping @Sendable (String) -> String?) throws {
        listener = try Loopback()
        // The thread keeps it: closed earlier, its number could be somebody else's when the thread comes to accept.
        let (listener, log) = (listener, log)
        Thread.detachNewThread {
            let client = accept(listener.descriptor, nil, nil)
            guard client >= 0 else { return }
            defer { close(client) }
            guard send(client, greeting) else { return }
            var buffer: [UInt8] = []
            var byte: UInt8 = 0
            while read(client, &byte, 1) == 1 {
                guard byte == UInt8(ascii: "\n") else {
                    buffer.append(byte)
                    continue
                }
                if buffer.last == UInt8(ascii: "\r") { buffer.removeLast() }
                let line = String(decoding: buffer, as: UTF8.self)
                buffer.removeAll()
                log.lines.withLock { $0.append(line) }
                guard let reply = answer(line), send(client, reply) else { return }
            }
        }
    }

    deinit {
        // Wakes an accept that still waits.
        shutdown(listener.descriptor, Int32(SHUT_RDWR))
    }
}

private func send(_ client: Int32, _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.isEmpty || Glibc.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
}
