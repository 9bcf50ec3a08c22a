import Glibc
import TestSupport

/// A stand-in for a SIP device on loopback: it answers each request by a script. The real ones are asked in
/// Tests/EndToEnd/sip.
struct StandIn {
    private let server: ScriptedServer

    var port: UInt16 { server.port }
    /// What was asked so far.
    var requests: [String] { server.requests.map { String(decoding: $0, as: UTF8.self) } }

    /// `script` gives what to send for a request, each a write; `answer` makes a whole message.
    init(
        _ type: __socket_type = SOCK_DGRAM, _ script: @escaping @Sendable (_ request: String, _ number: Int) -> [String]
    ) throws {
        server = try ScriptedServer(type) { request, number in
            script(String(decoding: request, as: UTF8.self), number).map { Array($0.utf8) }
        }
    }

    func stop() {
        server.stop()
    }

    /// A response to a request, its Via and the like taken over, as RFC 3261, 8.2.6.2 wants it.
    static func answer(_ request: String, _ status: String, _ fields: String = "", body: String = "") -> String {
        let copied = request.split(separator: "\r\n").filter { line in
            ["Via:", "From:", "To:", "Call-ID:", "CSeq:"].contains { line.hasPrefix($0) }
        }
        let more = fields.isEmpty ? "" : fields.replacing("\n", with: "\r\n") + "\r\n"
        return "SIP/2.0 \(status)\r\n" + copied.joined(separator: "\r\n")
            + "\r\n\(more)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
