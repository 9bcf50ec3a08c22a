import Foundation
import Synchronization
import TestSupport

/// An HTTP server on loopback that keeps what is posted to it; a real one, one request for each connection.
final class HookReceiver: Sendable {
    struct Post: Sendable {
        var headers: [String: String]
        var body: [UInt8]

        var fields: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
        }
    }

    private final class State: Sendable {
        let posts = Mutex<[Post]>([])
        let status = Mutex("204 No Content")
    }

    private let listener: Loopback
    private let state = State()

    var url: String { "http://127.0.0.1:\(listener.port)/hook" }
    var posts: [Post] { state.posts.withLock { $0 } }

    init() throws {
        listener = try Loopback()
        // The thread keeps it: closed earlier, its number would be somebody else's when the thread comes to accept again.
        let (listener, state) = (listener, state)
        Thread.detachNewThread {
            while true {
                let client = accept(listener.descriptor, nil, nil)
                guard client >= 0 else { return }
                if let post = Self.read(client) {
                    state.posts.withLock { $0.append(post) }
                    let answer =
                        "HTTP/1.1 \(state.status.withLock { $0 })\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    _ = Array(answer.utf8).withUnsafeBytes {
                        send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                }
                close(client)
            }
        }
    }

    deinit {
        // Wakes an accept that still waits.
        shutdown(listener.descriptor, Int32(SHUT_RDWR))
    }

    /// From the next request on.
    func answer(_ status: String) {
        state.status.withLock { $0 = status }
    }

    private static func read(_ client: Int32) -> Post? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        var headers: [String: String] = [:]
        var bodyBegins: Int?
        while true {
            if bodyBegins == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                bodyBegins = end.upperBound
                for line in String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
                    .dropFirst()
                {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    headers[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
                }
            }
            if let bodyBegins, bytes.count - bodyBegins >= Int(headers["content-length"] ?? "0") ?? 0 {
                return Post(headers: headers, body: Array(bytes[bodyBegins...]))
            }
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
        }
    }
}
