import API
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// What the charts of an asset's page show, for the script that makes them zoomable: more points than an eye can tell
/// apart, because it zooms.
struct SeriesRoute: Sendable {
    private static let points = 480

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let name = try context.parameters.require("name")
            let span = FormQuery(request)["span"].flatMap { ChartSpan(rawValue: $0) } ?? .hour
            let now = services.now()
            let charts = try await services.api.database.read { connection in
                let asset = try AssetStore(connection).require(name, scope: caller.scope)
                return try AssetCharts(asset: asset, span: span, now: now, most: Self.points)
                    .charts(connection, scope: caller.scope)
            }
            let viewer = services.viewer(request, context)
            return try Response(
                json: Sheets(
                    offset: viewer.utcOffsetMinutes * 60,
                    charts: charts.compactMap { ChartSheet($0, language: viewer.language) }))
        }
    }

    private struct Sheets: Encodable, Sendable {
        /// Seconds east of UTC in which the page tells time.
        let offset: Int
        let charts: [ChartSheet]
    }
}
