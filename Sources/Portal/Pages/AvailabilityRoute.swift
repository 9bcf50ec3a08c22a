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
    /// As many rows as a person looks at; the sheet has all.
    private static let mostRows = 500

    fileprivate init(_ report: AvailabilityReport, now: Instant) {
        let month = report.month
        let isLast = month >= Month(of: now)
        // Those of which nothing that counts was measured come last.
        let worstFirst = report.rows.map { (share: $0.availability.ratio ?? 2, row: $0) }
            .sorted { ($0.share, $0.row.name) < ($1.share, $1.row.name) }
        self.init(
            month: month.description, previous: month.previous.description,
            next: isLast ? nil : month.next.description,
            grouping: Grouping(rawValue: report.grouping.rawValue) ?? .asset, isWhole: report.isWhole,
            rows: worstFirst.prefix(Self.mostRows).map { Row($0.row) },
            furtherRows: max(0, report.rows.count - Self.mostRows), total: Row(report.total))
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
