import AgentKit
import Curl
import Keys

/// The way to the collector: mutual TLS to the one key that the token named.
///
/// The pin alone decides whom the agent talks to: a self-signed collector needs no outside authority, and it may be
/// reached under an address that its certificate does not list.
struct MutualLink: CollectorLink {
    private let engine: CurlEngine
    private let address: String
    private let tls: TLSOptions

    init(engine: CurlEngine, identity: Identity) {
        self.engine = engine
        address = identity.collector
        tls = TLSOptions(
            trust: .anybody, pinnedKey: identity.pinnedKey.description,
            identity: ClientIdentity(
                certificate: Array(identity.certificate.pem.utf8), key: Array(identity.key.pem().utf8)))
    }

    func post(_ path: String, body: [UInt8]) async -> Result<LinkReply, LinkError> {
        var transfer = Transfer(
            address + path, method: "POST",
            headers: [Header("Content-Type", "application/x-protobuf"), Header("Content-Encoding", "gzip")], body: body,
            connectTimeout: .seconds(5), timeout: .seconds(30))
        transfer.bodyLimit = 4 << 20
        return await perform(transfer)
    }

    func get(_ path: String) async -> Result<LinkReply, LinkError> {
        var transfer = Transfer(address + path, connectTimeout: .seconds(5), timeout: .seconds(30))
        transfer.bodyLimit = 16 << 20
        return await perform(transfer)
    }

    private func perform(_ transfer: Transfer) async -> Result<LinkReply, LinkError> {
        var transfer = transfer
        transfer.tls = tls
        return await engine.perform(transfer)
            .map { LinkReply(status: $0.status, body: $0.body) }
            .mapError { LinkError("\(address): \($0)") }
    }
}
