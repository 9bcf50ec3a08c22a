package import AgentKit
internal import Enrolment
internal import Keys
package import Logging
internal import ServiceLifecycle
internal import SwiftProtobuf
internal import Vocabulary
internal import Wire

/// Renews the agent's certificate before its end: a new key, and a certificate for it over the old one's connection.
///
/// The new identity is on the disk before it is used, and the collector keeps the old one good until it sees the new.
package struct Renewal: Service {
    /// What came of looking after the certificate.
    package enum Outcome: Hashable, Sendable {
        case notDue, renewed, failed
    }

    private let link: MutualLink
    private let folder: String
    private let instance: UInt64
    private let time: any Timekeeper
    private let log: Logger

    /// - Parameter instance: of this process, as its presence says it.
    package init(link: MutualLink, folder: String, instance: UInt64, time: any Timekeeper = SystemTime(), log: Logger) {
        self.link = link
        self.folder = folder
        self.instance = instance
        self.time = time
        self.log = log
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let outcome = await renewIfDue()
                let pause = AgentLease.pause(
                    before: link.identity.certificate, at: time.wall, hasFailed: outcome == .failed)
                await time.sleep(until: time.monotonic + pause)
            }
        }
    }

    package func renewIfDue() async -> Outcome {
        let identity = link.identity
        guard AgentLease.isRenewalDue(identity.certificate, at: time.wall) else { return .notDue }
        do {
            let renewed = try await renewed(identity)
            try renewed.keep(in: folder)
            link.adopt(renewed)
            log.notice("The certificate is renewed", metadata: ["until": "\(renewed.certificate.notAfter)"])
            return .renewed
        } catch {
            log.error(
                "The certificate cannot be renewed; trying again",
                metadata: ["problem": "\(error)", "good until": "\(identity.certificate.notAfter)"])
            return .failed
        }
    }

    private func renewed(_ identity: Identity) async throws -> Identity {
        let key = try PrivateKey.generate()
        var request = ProtoEnrolRequest()
        request.version = Limits.version
        request.signingRequest = .init(try SigningRequest(commonName: "haidang-agent", key: key).der)
        request.instance = instance
        let reply = try await link.post(plain: "/agent/v1/renew", body: try request.serializedBytes()).get()
        guard reply.isGood else {
            let refusal = try ProtoRefusal(serializedBytes: reply.body)
            throw LinkError("status \(reply.status), \(refusal.code): \(refusal.problem)")
        }
        let certificate = try Certificate(pem: try ProtoEnrolReply(serializedBytes: reply.body).certificate)
        guard let renewed = identity.renewed(with: certificate, key: key) else {
            throw LinkError("the collector's certificate is not the one that was asked for")
        }
        return renewed
    }
}
