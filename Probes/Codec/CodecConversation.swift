import Curl
import Documents
import Keys
import ProbeKit
import Synchronization
import Vocabulary

/// One run's requests to one device, one after the other.
final class CodecConversation: Sendable {
    /// A status document of a busy room system has some hundred kilobytes.
    private static let largest = 4 << 20

    let origin: String
    let credentials: CodecCredentials
    private let engine: CurlEngine
    private let deadline: ContinuousClock.Instant
    private let lines = Mutex<[String]>([])

    init(engine: CurlEngine, origin: String, credentials: CodecCredentials, deadline: ContinuousClock.Instant) {
        self.engine = engine
        self.origin = origin
        self.credentials = credentials
        self.deadline = deadline
    }

    /// What was asked and what came, without secrets.
    var trace: [String] { lines.withLock { $0 } }

    /// Only connects; the error when that fails.
    func reach() async -> TransferError? {
        var transfer = transfer("GET", "/")
        transfer.extent = .handshake
        if case .failure(let error) = await perform(transfer, "/") { return error }
        return nil
    }

    /// Asks for the whole status document: one request, and no session that would have to be ended.
    func roomOS() async -> CodecFinding {
        let password = Base64.standard.encode("\(credentials.login):\(credentials.password)".utf8)
        var transfer = transfer("GET", "/status.xml")
        transfer.headers.append(Header("Authorization", "Basic \(password)"))
        switch await perform(transfer, "/status.xml") {
        case .failure(let error): return .failed(error)
        case .success(let result) where result.status == 401 || result.status == 403:
            return .refused("HTTP \(result.status)")
        case .success(let result) where result.status != 200:
            return .strange(Self.wrongStatus(result.status))
        case .success(let result):
            do throws(DocumentError) {
                guard !result.isBodyCut else { throw DocumentError("too large", at: Self.largest) }
                if let state = RoomOSStatus.state(try XMLElement(document: result.body)) { return .told(state) }
                return .strange(Self.malformed("another document"))
            } catch {
                return .strange(Self.malformed(error.description))
            }
        }
    }

    func transfer(_ method: String, _ path: String, body: [UInt8] = []) -> Transfer {
        var transfer = Transfer(
            origin + path, method: method, headers: [Header("User-Agent", "haidang")], body: body,
            timeout: max(.milliseconds(1), ContinuousClock.now.duration(to: deadline) - .milliseconds(20)))
        transfer.bodyLimit = Self.largest
        // They sign for themselves.
        transfer.tls.trust = .anybody
        return transfer
    }

    func perform(_ transfer: Transfer, _ path: String) async -> Result<TransferResult, TransferError> {
        let result = await engine.perform(transfer)
        let words =
            switch result {
            case .success(let result): "HTTP \(result.status), \(result.bodySize) bytes"
            case .failure(let error): error.description
            }
        lines.withLock { $0.append("\(transfer.method) \(path): \(words)") }
        return result
    }

    static func wrongStatus(_ status: Int) -> Reason {
        Reason("status", step: "response", expected: "HTTP 200", got: "HTTP \(status)")
    }

    static func malformed(_ problem: String) -> Reason {
        Reason("malformed", step: "body", expected: "a status document", got: problem)
    }
}
