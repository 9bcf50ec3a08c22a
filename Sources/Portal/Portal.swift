package import API
import HTTPTypes
package import Hummingbird
import NIOCore
import Storage
import Vocabulary
import WebUI

/// Everything that people and programs reach: pages, API, health and self-metrics.
package struct Portal: Sendable {
    private let services: PageServices
    private let isSecure: Bool
    private let charts: ChartFiles?

    /// `isSecure` is false on the plain loopback port alone.
    /// `charts` is the folder in which the system keeps what makes charts zoomable; they do without it.
    package init(
        api: APIServices, steps: FirstSteps, isSecure: Bool, charts folder: String = ChartFiles.folder
    ) throws {
        self.isSecure = isSecure
        charts = ChartFiles(folder: folder)
        services = PageServices(
            api: api, sessions: Sessions(database: api.database, now: api.now, isSecure: isSecure),
            passwords: try PasswordDesk(), steps: steps, charts: charts?.library)
    }

    package func router() -> Router<PortalContext> {
        let router = Router(context: PortalContext.self)
        router.add(middleware: SecurityHeaders(isSecure: isSecure))
        router.add(middleware: ErrorPages(services: services))
        if !isSecure { router.add(middleware: LoopbackNames()) }
        router.add(middleware: IdentityMiddleware(sessions: services.sessions))
        router.add(middleware: ReadersRead())
        addPages(to: router)
        services.api.add(to: router.group("api/v1"))
        MonitorRoutes(services: services.api).add(to: router)
        return router
    }

    private func addPages(to router: Router<PortalContext>) {
        let overview = OverviewRoute(services: services)
        let conference = ConferenceRoute(services: services)
        let sites = SitesRoute(services: services)
        let site = SiteRoute(services: services)
        let totals = TotalsRoute(services: services)
        let series = SeriesRoute(services: services)
        let assets = AssetsRoute(services: services)
        let asset = AssetRoute(services: services)
        let alerts = AlertsRoute(services: services)
        let incident = IncidentRoute(services: services)
        let packages = PackagesRoute(services: services)
        let audit = AuditRoute(services: services)
        let agents = AgentsRoute(services: services)
        let maintenance = MaintenanceRoute(services: services)
        let availability = AvailabilityRoute(services: services)
        let findings = FindingsRoute(services: services)
        SignInRoutes(services: services, attempts: Attempts()).add(to: router)
        router.get("/") { try await overview.handle($0, $1) }
        router.get("conference") { try await conference.handle($0, $1) }
        router.get("sites") { try await sites.handle($0, $1) }
        router.get("sites/{name}") { try await site.handle($0, $1) }
        router.get("totals") { try await totals.handle($0, $1) }
        router.get("assets") { try await assets.handle($0, $1) }
        router.get("assets/{name}") { try await asset.handle($0, $1) }
        router.get("assets/{name}/series") { try await series.handle($0, $1) }
        router.get("alerts") { try await alerts.handle($0, $1) }
        router.get("incidents/{id}") { try await incident.handle($0, $1) }
        router.post("incidents/{id}/acknowledge") { try await incident.acknowledge($0, $1) }
        router.post("incidents/{id}/release") { try await incident.release($0, $1) }
        router.post("incidents/{id}/comments") { try await incident.comment($0, $1) }
        router.get("maintenance") { try await maintenance.handle($0, $1) }
        router.post("maintenance") { try await maintenance.add($0, $1) }
        router.post("maintenance/{name}/end") { try await maintenance.end($0, $1) }
        router.get("availability") { try await availability.handle($0, $1) }
        router.get("availability.csv") { try await availability.csv($0, $1) }
        router.get("findings") { try await findings.handle($0, $1) }
        for action in FindingAction.allCases {
            router.post("findings/{id}/\(action.rawValue)") { try await findings.act(action, $0, $1) }
        }
        router.get("assets/{name}/packages") { try await packages.handle($0, $1) }
        router.get("audit") { try await audit.handle($0, $1) }
        router.get("agents") { try await agents.handle($0, $1) }
        router.post("preferences") { request, context in try await preferences(request, context) }
        router.get("\(AgentPackage.path)") { _, _ in try package() }
        router.get("static/{name}") { request, context in try file(request, context) }
    }

    /// For machines that have nothing yet, so nobody is asked who they are; it holds no secret.
    private func package() throws -> Response {
        guard let file = try services.api.agentPackage?.file() else { throw HTTPError(.notFound) }
        return Response(
            status: .ok, headers: [.contentType: "application/vnd.debian.binary-package", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: file.bytes))
    }

    private func preferences(_ request: Request, _ context: PortalContext) async throws -> Response {
        let fields = try await Form(unguarded: request)
        var response = Response.redirect(to: fields["return"].ownPath, type: .normal)
        for cookie in Preferences.cookies(
            language: fields["language"], theme: fields["theme"], isSecure: isSecure)
        {
            response.setCookie(cookie)
        }
        return response
    }

    private func file(_ request: Request, _ context: PortalContext) throws -> Response {
        let name = try context.parameters.require("name")
        guard let asset = Static.asset(named: name) ?? charts?.assets[name] else {
            throw HTTPError(.notFound)
        }
        let headers: HTTPFields = [
            .contentType: asset.contentType, .eTag: asset.etag, .cacheControl: "public, max-age=31536000, immutable",
        ]
        if request.headers[.ifNoneMatch] == asset.etag { return Response(status: .notModified, headers: headers) }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
