package import Authority
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL
package import ServiceLifecycle
package import Storage
package import Vocabulary

/// The port agents talk to: mutual TLS, the routes below, and nothing else.
package struct AgentsPort: Sendable {
    /// One route, and whether it wants to know who asks.
    package struct Route: Sendable {
        package var method: HTTPRequest.Method
        package var path: String
        package var wantsIdentity: Bool
        var handle: @Sendable (Request, AgentContext) async throws -> Response
    }

    package let routes: [Route]
    private let database: Database
    private let authority: Authority
    private let now: @Sendable () -> Instant

    package init(
        database: Database, authority: Authority, journal: JournalWriter, assignments: Assignments,
        now: @escaping @Sendable () -> Instant
    ) {
        self.database = database
        self.authority = authority
        self.now = now
        let instances = InstanceLedger(database: database)
        let enrol = EnrolRoute(database: database, authority: authority, now: now)
        let report = ReportRoute(journal: journal, assignments: assignments, instances: instances, now: now)
        let renew = RenewRoute(database: database, authority: authority, instances: instances, now: now)
        routes = [
            Route(method: .post, path: "/agent/v1/enrol", wantsIdentity: false) {
                try await enrol.handle($0, context: $1)
            },
            Route(method: .post, path: "/agent/v1/report", wantsIdentity: true) {
                try await report.handle($0, context: $1)
            },
            Route(method: .post, path: "/agent/v1/renew", wantsIdentity: true) {
                try await renew.handle($0, context: $1)
            },
            Route(method: .get, path: "/agent/v1/assignment", wantsIdentity: true) { _, context in
                guard let agent = context.agent else { throw Refusal(.unauthorized, "no-certificate", "who are you?") }
                var response = Response(status: .ok, headers: [.contentType: "application/x-protobuf"])
                response.body = ResponseBody(
                    byteBuffer: ByteBuffer(bytes: try await assignments.body(of: agent)))
                return response
            },
        ]
    }

    /// The server, ready to run. A handshake that fails is logged: an agent that cannot get in must not be a riddle.
    package func service(
        on address: BindAddress, logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> some Service {
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [HandshakeLog(logger: logger)], idleTimeout: .seconds(120)))
        return Application(
            router: router(), server: try .tls(http, tlsConfiguration: authority.tlsConfiguration(knowsAgents: true)),
            configuration: .init(address: address, serverName: nil),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
    }

    private func router() -> Router<AgentContext> {
        let router = Router(context: AgentContext.self)
        router.add(middleware: RefusalMiddleware())
        let known = router.group().add(middleware: IdentityCheck(database: database, now: now))
        for route in routes {
            let path = RouterPath(route.path)
            if route.wantsIdentity {
                known.on(path, method: route.method) { try await route.handle($0, $1) }
            } else {
                router.on(path, method: route.method) { try await route.handle($0, $1) }
            }
        }
        return router
    }
}
