import API
import Detection
import Hummingbird
import Storage
import Vocabulary
import WebUI

/// How things served in a month: the page, and the same as a sheet.
struct AvailabilityRoute: Sendable {
    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let now = services.now()
            let order = try AvailabilityOrder(request, now: now)
            let report = try await services.api.report(order, scope: caller.scope)
            return services.answer(AvailabilityPage(report, now: now), request, context)
        }
    }

    func csv(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let order = try AvailabilityOrder(request, now: services.now())
            return Response(csv: try await services.api.report(order, scope: caller.scope))
        }
    }
}

extension AvailabilityPage {
    fileprivate init(_ report: AvailabilityReport, now: Instant) {
        let month = report.month
        let isLast = month >= Month(of: now)
        self.init(
            month: month.description, previous: month.previous.description,
            next: isLast ? nil : month.next.description,
            grouping: Grouping(rawValue: report.grouping.rawValue) ?? .asset,
            isWhole: report.isWhole,
            rows: report.rows.map(Row.init).sorted { ($0.available ?? 2) < ($1.available ?? 2) },
            total: Row(report.total))
    }
}

extension AvailabilityPage.Row {
    fileprivate init(_ row: AvailabilityReport.Row) {
        let times = row.availability
        self.init(
            Named(row.name, title: row.title), assets: row.assets, available: times.ratio, up: times[.up],
            degraded: times[.degraded], down: times[.down], unknown: times[.unknown],
            maintenance: times[.maintenance], outsideHours: times[.outsideHours], unwatched: times[.unwatched],
            revised: times.revised)
    }
}
