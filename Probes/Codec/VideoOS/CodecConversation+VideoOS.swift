import Curl
import Documents
import Vocabulary

extension CodecConversation {
    /// Logs in where there is no session, and once more where the device has forgotten it; then document by document.
    func videoOS(_ sessions: VideoOSSessions) async -> CodecFinding {
        var isNew = false
        while true {
            let session: VideoOSSessions.Session
            if let known = sessions[origin, credentials] {
                session = known
            } else {
                switch await logIn() {
                case .success(let made): session = made
                case .failure(let stop): return stop.finding
                }
                sessions[origin, credentials] = session
                isNew = true
            }
            var documents: [String: JSONValue] = [:]
            var isForgotten = false
            for path in [VideoOSStatus.system] + VideoOSStatus.further {
                var transfer = transfer("GET", path)
                session.sign(&transfer)
                switch await perform(transfer, path) {
                case .failure(let error): return .failed(error)
                case .success(let result) where result.status == 401 || result.status == 403: isForgotten = true
                case .success(let result) where result.status != 200 && path == VideoOSStatus.system:
                    return .strange(Self.wrongStatus(result.status))
                case .success(let result) where result.status != 200:
                    // Not every model has everything.
                    continue
                case .success(let result):
                    do throws(DocumentError) {
                        documents[path] = try JSONValue(result.body)
                    } catch {
                        return .strange(Self.malformed("\(path): \(error)"))
                    }
                }
                if isForgotten { break }
            }
            guard isForgotten else {
                return VideoOSStatus.state(documents).map { .told($0) } ?? .strange(Self.malformed("another document"))
            }
            sessions[origin, credentials] = nil
            guard !isNew else { return .refused("the session is not accepted") }
        }
    }

    private struct Stop: Error {
        var finding: CodecFinding
    }

    private func logIn() async -> Result<VideoOSSessions.Session, Stop> {
        let body = JSONText.object([("user", .text(credentials.login)), ("password", .text(credentials.password))])
        let path = "/rest/current/session"
        var transfer = transfer("POST", path, body: Array(body.description.utf8))
        transfer.headers.append(Header("Content-Type", "application/json"))
        switch await perform(transfer, path) {
        case .failure(let error): return .failure(Stop(finding: .failed(error)))
        case .success(let result) where result.status == 401 || result.status == 403:
            return .failure(Stop(finding: .refused("HTTP \(result.status)")))
        case .success(let result) where result.status != 200:
            return .failure(Stop(finding: .strange(Self.wrongStatus(result.status))))
        case .success(let result):
            do throws(DocumentError) {
                let answer = try JSONValue(result.body)
                guard answer["success"]?.bool != false, let id = answer["session"]?["sessionId"]?.text else {
                    return .failure(Stop(finding: .refused("no session was given")))
                }
                return .success(VideoOSSessions.Session(id: id, result.headers))
            } catch {
                return .failure(Stop(finding: .strange(Self.malformed("\(path): \(error)"))))
            }
        }
    }
}

extension VideoOSSessions.Session {
    /// The cookies that the device set; one that sets none for the session means its identifier.
    init(id: String, _ headers: [Header]) {
        var cookies: [(name: String, value: String)] = []
        for line in headers.values(of: "set-cookie") {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { cookies.append((String(pair[0]), String(pair[1]))) }
        }
        if !cookies.contains(where: { $0.name == "session_id" }) { cookies.append(("session_id", id)) }
        self.init(
            cookie: cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; "),
            token: cookies.first { $0.name == "XSRF-TOKEN" }?.value ?? "")
    }

    func sign(_ transfer: inout Transfer) {
        transfer.headers.append(Header("Cookie", cookie))
        if !token.isEmpty { transfer.headers.append(Header("X-XSRF-TOKEN", token)) }
    }
}
