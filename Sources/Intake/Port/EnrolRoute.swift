import Authority
import Enrolment
import Hummingbird
import Keys
import Logging
import Storage
import SwiftProtobuf
import Vocabulary
import Wire

/// POST /agent/v1/enrol: gives a certificate for a one-time token.
struct EnrolRoute: Sendable {
    let database: Database
    let authority: Authority
    let now: @Sendable () -> Instant

    func handle(_ request: Request, context: AgentContext) async throws -> Response {
        let message = try await ProtoEnrolRequest(reading: request)
        // The token is judged before it.
        let key = message.provenKey(context)
        let reply = try await enrol(
            key, secretHash: EnrolmentToken.hash(ofSecret: message.secret),
            hostname: HostName.assetName(from: message.hostname), machine: [UInt8](message.machine))
        context.logger.notice(
            "Enrolled",
            metadata: [
                "agent": "\(reply.agent)", "host": "\(message.hostname.prefix(64))", "from": "\(context.peer)",
            ])
        return try Response(message: reply)
    }

    private func enrol(
        _ key: PublicKey?, secretHash: String, hostname: String, machine: [UInt8]
    ) async throws -> ProtoEnrolReply {
        let (now, authority) = (now(), authority)
        return try await database.write { connection in
            let agents = AgentStore(connection)
            let known = try agents.agent(machine: machine)
            let lastSeen = try known.flatMap { try agents.lastSeen($0) }
            let attempt = EnrolmentAttempt(
                token: .init(try agents.tokenState(secretHash: secretHash, at: now)), key: key, machine: machine,
                knownAs: known.flatMap(AgentID.init), silence: lastSeen.map { now - $0 })
            switch attempt.decide(fresh: try AgentID.random()) {
            case .refuse(let why):
                throw Refusal(.forbidden, why.rawValue, why.words)
            case .issue(let agent, let key, let manner):
                let certificate = try authority.issue(for: key, agent: agent, at: now)
                switch manner {
                case .newAgent:
                    let asset = try AssetStore(connection).addEnrolled(name: hostname, assetClass: "server", at: now)
                    try agents.add(id: agent.text, assetID: asset.id, machine: machine, at: now)
                case .knownAgent:
                    try agents.revokeCertificates(of: agent.text, at: now)
                case .repeated:
                    break
                }
                try agents.addCertificate(
                    serial: certificate.serial, agent: agent.text, issued: now, expires: certificate.notAfter)
                try agents.useToken(
                    secretHash: secretHash, for: agent.text, key: key.fingerprint.description, at: now)
                var reply = ProtoEnrolReply()
                reply.agent = agent.text
                reply.certificate = certificate.pem
                reply.authority = authority.certificate.pem
                return reply
            }
        }
    }
}

extension EnrolmentAttempt.Token {
    fileprivate init(_ state: AgentStore.TokenState) {
        switch state {
        case .unknown: self = .unknown
        case .expired: self = .expired
        case .valid: self = .valid
        case .used(let by, let key):
            guard let agent = AgentID(by), let key = Fingerprint(key) else {
                self = .used(nil)
                return
            }
            self = .used(.init(agent: agent, key: key))
        }
    }
}

extension EnrolmentDecision.Refusal {
    /// For the person who pasted the token.
    fileprivate var words: String {
        switch self {
        case .tokenUnknown: "this token was not made here"
        case .tokenUsed: "this token has been used; make a new one with `haidang enrol-token`"
        case .tokenExpired: "this token is too old; make a new one with `haidang enrol-token`"
        case .requestInvalid: "the signing request or the machine's mark could not be read"
        case .machineActive:
            "an agent with this machine's id was heard of a moment ago. If this disk is a copy of its: rm -f "
                + "/etc/machine-id /var/lib/*/machine-id && systemd-machine-id-setup, then enrol again; the token "
                + "is still good. If this is the same machine: stop its agent and enrol again in two minutes"
        }
    }
}

/// A machine's own name made into an asset's.
package enum HostName {
    /// Lower-case letters, digits and hyphens of the first label; `machine` when nothing is left.
    package static func assetName(from hostname: String) -> String {
        let label = hostname.lowercased().prefix { $0 != "." }
        var name = ""
        for character in label.unicodeScalars.prefix(63) {
            switch character {
            case "a"..."z", "0"..."9": name.unicodeScalars.append(character)
            default: if !name.isEmpty, !name.hasSuffix("-") { name.append("-") }
            }
        }
        while name.hasSuffix("-") { name.removeLast() }
        return name.isEmpty ? "machine" : name
    }
}
