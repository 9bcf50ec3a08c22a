import Authority
import Detection
import Enrolment
import Hummingbird
import Keys
import Logging
import Storage
import SwiftProtobuf
import Vocabulary
import Wire

/// POST /agent/v1/renew: the next certificate for an agent whose own nears its end. The one it shows stays good until
/// the new one is seen: an answer that is lost costs nothing.
struct RenewRoute: Sendable {
    let database: Database
    let authority: Authority
    let instances: InstanceLedger
    let now: @Sendable () -> Instant

    func handle(_ request: Request, context: AgentContext) async throws -> Response {
        guard let agent = context.agent, let held = context.certificate, let id = AgentID(agent) else {
            throw Refusal(.unauthorized, "no-certificate", "who are you?")
        }
        let message = try await ProtoEnrolRequest(reading: request)
        if case .copy(of: let original) = instances.standing(of: message.instance, as: agent) {
            throw Refusal.copy(of: original)
        }
        let now = now()
        switch RenewalAttempt(held: held, key: message.provenKey(context)).decide(at: now) {
        case .refuse(.requestInvalid):
            throw Refusal(.badRequest, RenewalAttempt.Refusal.requestInvalid.rawValue, "the signing request is no good")
        case .refuse(.notDue):
            throw Refusal(
                .conflict, RenewalAttempt.Refusal.notDue.rawValue, "the certificate is good until \(held.notAfter)")
        case .issue(let key):
            let certificate = try authority.issue(for: key, agent: id, at: now)
            try await database.write { connection in
                let agents = AgentStore(connection)
                try agents.removeJuniors(ofSerial: held.serial)
                try agents.addCertificate(
                    serial: certificate.serial, agent: agent, issued: now, expires: certificate.notAfter)
            }
            context.logger.notice(
                "Renewed", metadata: ["agent": "\(agent)", "until": "\(certificate.notAfter)"])
            var reply = ProtoEnrolReply()
            reply.agent = agent
            reply.certificate = certificate.pem
            reply.authority = authority.certificate.pem
            return try Response(message: reply)
        }
    }
}
