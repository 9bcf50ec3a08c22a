package import Hummingbird
package import Keys
import NIOCore
package import Storage
package import Vocabulary

/// What the routes work with.
package struct APIServices: Sendable {
    package var database: Database
    package var now: @Sendable () -> Instant
    /// Where agents find the collector, e.g. `https://192.0.2.10:8444`.
    package var agentsAddress: String
    /// Where machines that are to be watched find the agent's package, e.g. `https://192.0.2.10:8443`; empty when
    /// they cannot.
    package var webAddress: String
    package var agentPackage: AgentPackage?
    /// The key agents pin.
    package var fingerprint: Fingerprint
    /// Seals secrets at rest.
    package var secrets: SealedBox
    /// A line of a trace as a sentence, in `vi` or `en`.
    package var sentence: @Sendable (DecisionStore.Line, String) -> String
    /// Why a site can or cannot take part in a conference, as a sentence, in `vi` or `en`.
    package var readiness: @Sendable (ConferenceOverview.Entry, String) -> String
    /// Told after a commit which agents have other checks than before.
    package var onReassigned: @Sendable (Set<String>) -> Void
    /// Sends a test message through each channel of a route, on behalf of a person.
    package var testRoute: @Sendable (RouteStore.Route, String) async throws -> [RouteTest.Way]

    package init(
        database: Database, now: @escaping @Sendable () -> Instant, agentsAddress: String, webAddress: String = "",
        agentPackage: AgentPackage? = nil, fingerprint: Fingerprint, secrets: SealedBox,
        sentence: @escaping @Sendable (DecisionStore.Line, String) -> String,
        readiness: @escaping @Sendable (ConferenceOverview.Entry, String) -> String,
        onReassigned: @escaping @Sendable (Set<String>) -> Void,
        testRoute: @escaping @Sendable (RouteStore.Route, String) async throws -> [RouteTest.Way]
    ) {
        self.database = database
        self.now = now
        self.agentsAddress = agentsAddress
        self.webAddress = webAddress
        self.agentPackage = agentPackage
        self.fingerprint = fingerprint
        self.secrets = secrets
        self.sentence = sentence
        self.readiness = readiness
        self.onReassigned = onReassigned
        self.testRoute = testRoute
    }

    /// Adds every route below `/api/v1`.
    package func add<Context: CallerContext>(to group: RouterGroup<Context>) {
        StatusRoutes(services: self).add(to: group)
        AssetRoutes(services: self).add(to: group)
        SheetRoutes(services: self).add(to: group)
        SiteRoutes(services: self).add(to: group)
        ConferenceRoutes(services: self).add(to: group)
        CheckRoutes(services: self).add(to: group)
        AgentRoutes(services: self).add(to: group)
        AlertRoutes(services: self).add(to: group)
        IncidentRoutes(services: self).add(to: group)
        IncidentNoteRoutes(services: self).add(to: group)
        WhyRoutes(services: self).add(to: group)
        MaintenanceRoutes(services: self).add(to: group)
        RuleRoutes(services: self).add(to: group)
        AvailabilityRoutes(services: self).add(to: group)
        FindingRoutes(services: self).add(to: group)
        ApplyRoutes(services: self).add(to: group)
        RemovalRoutes(services: self).add(to: group)
        RouteTestRoutes(services: self).add(to: group)
        SecretRoutes(services: self).add(to: group)
        group.get("openapi.json") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
        }
    }
}
