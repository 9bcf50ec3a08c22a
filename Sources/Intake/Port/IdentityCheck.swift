import Hummingbird
import Keys
import NIOCore
import NIOSSL
import Storage
import Vocabulary

/// Lets a request through only with a certificate that we issued, that is still ours, and that no one took back.
///
/// TLS has verified chain and validity by then, if there is a certificate at all: enrolment comes without one. The first
/// use of a renewed certificate ends those before it.
struct IdentityCheck: RouterMiddleware {
    let database: Database
    let now: @Sendable () -> Instant

    func handle(
        _ request: Request, context: AgentContext,
        next: @concurrent (Request, AgentContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let certificate = try await certificate(on: context.channel)
        context.agent = try await agent(with: certificate.serial)
        context.certificate = certificate
        return try await next(request, context)
    }

    private func certificate(on channel: any Channel) async throws -> Certificate {
        let der = try await channel.eventLoop.submit { () -> [UInt8]? in
            try channel.pipeline.syncOperations.nioSSL_peerCertificate()?.toDERBytes()
        }.get()
        guard let der else {
            throw Refusal(.unauthorized, "no-certificate", "this route wants the agent's certificate")
        }
        do {
            return try Certificate(der: der)
        } catch {
            throw Refusal(.unauthorized, "unreadable-certificate", "\(error)")
        }
    }

    private func agent(with serial: String) async throws -> String {
        let (agent, hasElders) = try await database.read { connection in
            let agents = AgentStore(connection)
            let agent = try agents.agent(certificateSerial: serial)
            return (agent, try agent != nil && agents.hasElders(thanSerial: serial))
        }
        guard let agent else {
            throw Refusal(.forbidden, "certificate-unknown", "certificate \(serial) is not, or no longer, an agent's")
        }
        if hasElders {
            let now = now()
            try await database.write { try AgentStore($0).revokeElders(thanSerial: serial, at: now) }
        }
        return agent
    }
}
