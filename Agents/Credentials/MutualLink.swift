package import AgentKit
package import Curl
internal import Keys
package import Logging
internal import Synchronization

/// The way to the collector: mutual TLS to the one key that the token named.
///
/// The pin alone decides whom the agent talks to: a self-signed collector needs no outside authority, and it may be
/// reached under an address that its certificate does not list. The identity may change while the agent runs: it is
/// renewed, or an administrator enrols the machine anew.
package final class MutualLink: CollectorLink {
    private let engine: CurlEngine
    private let folder: String
    private let log: Logger
    private let current: Mutex<Identity>

    /// - Parameter folder: where the identity was read from.
    package init(engine: CurlEngine, identity: Identity, folder: String, log: Logger) {
        self.engine = engine
        self.folder = folder
        self.log = log
        current = Mutex(identity)
    }

    package var identity: Identity { current.withLock { $0 } }

    /// From the next request on.
    package func adopt(_ identity: Identity) {
        current.withLock { $0 = identity }
    }

    package func post(_ path: String, body: [UInt8]) async -> Result<LinkReply, LinkError> {
        await post(path, body: body, headers: [Header("Content-Encoding", "gzip")])
    }

    package func get(_ path: String) async -> Result<LinkReply, LinkError> {
        await perform(path, limit: 16 << 20) { Transfer($0, connectTimeout: .seconds(5), timeout: .seconds(30)) }
    }

    /// As `post(_:body:)`, with a body as it is.
    func post(plain path: String, body: [UInt8]) async -> Result<LinkReply, LinkError> {
        await post(path, body: body, headers: [])
    }

    private func post(_ path: String, body: [UInt8], headers: [Header]) async -> Result<LinkReply, LinkError> {
        await perform(path, limit: 4 << 20) { address in
            Transfer(
                address, method: "POST", headers: [Header("Content-Type", "application/x-protobuf")] + headers,
                body: body, connectTimeout: .seconds(5), timeout: .seconds(30))
        }
    }

    private func perform(
        _ path: String, limit: Int, _ make: (String) -> Transfer
    ) async -> Result<LinkReply, LinkError> {
        let identity = identity
        var transfer = make(identity.collector + path)
        transfer.bodyLimit = limit
        transfer.tls = TLSOptions(
            trust: .anybody, pinnedKey: identity.pinnedKey.description,
            identity: ClientIdentity(
                certificate: Array(identity.certificate.pem.utf8), key: Array(identity.key.pem().utf8)))
        let result = await engine.perform(transfer)
        switch result {
        case .success(let answer) where answer.status == 401 || answer.status == 403: readAgain(instead: identity)
        // A certificate that has ended is refused in the handshake.
        case .failure(let error) where error.kind == .tlsFailed || error.kind == .lost: readAgain(instead: identity)
        default: break
        }
        return result.map { LinkReply(status: $0.status, body: $0.body) }
            .mapError { LinkError("\(identity.collector): \($0)") }
    }

    /// Takes up an identity that was enrolled meanwhile.
    private func readAgain(instead refused: Identity) {
        do {
            let found = try Identity(folder: folder)
            guard found.certificate != refused.certificate else { return }
            adopt(found)
            log.notice(
                "Taking up the identity that was enrolled meanwhile", metadata: ["collector": "\(found.collector)"])
        } catch {
            log.error("The identity on the disk cannot be read", metadata: ["problem": "\(error)"])
        }
    }
}
