import Hummingbird
import Keys
import NIOCore
import NIOSSL
import Storage

/// Lets a request through only with a certificate that we issued, that is still ours, and that no one took back.
///
/// TLS has verified chain and validity by then, if there is a certificate at all: enrolment comes without one.
struct IdentityCheck: RouterMiddleware {
    let database: Database

    func handle(
        _ request: Request, context: AgentContext,
        next: @concurrent (Request, AgentContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.agent = try await agent(on: context.channel)
        return try await next(request, context)
    }

    private func agent(on channel: any Channel) async throws -> String {
        let der = try await channel.eventLoop.submit { () -> [UInt8]? in
            try channel.pipeline.syncOperations.nioSSL_peerCertificate()?.toDERBytes()
        }.get()
        guard let der else {
            throw Refusal(.unauthorized, "no-certificate", "this route wants the agent's certificate")
        }
        let serial: String
        do {
            serial = try Certificate(der: der).serial
        } catch {
            throw Refusal(.unauthorized, "unreadable-certificate", "\(error)")
        }
        guard let agent = try await database.read({ try AgentStore($0).agent(certificateSerial: serial) }) else {
            throw Refusal(.forbidden, "certificate-unknown", "certificate \(serial) is not, or no longer, an agent's")
        }
        return agent
    }
}
