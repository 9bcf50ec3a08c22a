package import Detection
package import Hummingbird
import Storage
package import Vocabulary

/// `GET /api/v1/availability` and `/availability.csv`: how things served in a month.
package struct AvailabilityRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("availability") { request, context in
            let caller = try context.requireCaller()
            let order = try AvailabilityOrder(request, now: services.now())
            let report = try await services.report(order, scope: caller.scope)
            return try Response(json: AvailabilityDTO(report))
        }
        group.get("availability.csv") { request, context in
            let caller = try context.requireCaller()
            let order = try AvailabilityOrder(request, now: services.now())
            return Response(csv: try await services.report(order, scope: caller.scope))
        }
    }
}

extension APIServices {
    package func report(_ order: AvailabilityOrder, scope: Scope) async throws -> AvailabilityReport {
        let now = now()
        return try await database.read { connection in
            try AvailabilityReport(connection, order.month, by: order.grouping, scope: scope, at: now)
        }
    }
}

/// Which report is wanted; without a month the one that is running.
package struct AvailabilityOrder: Hashable, Sendable {
    package var month: Month
    package var grouping: AvailabilityReport.Grouping

    package init(_ request: Request, now: Instant) throws {
        let query = request.uri.queryParameters
        month = Month(of: now)
        if let text = query["month"] {
            guard let known = Month(text) else {
                throw Problem(.badRequest, "bad-month", "month: \"\(text)\" is no month such as 2026-11")
            }
            month = known
        }
        let word = query["by"].map(String.init) ?? AvailabilityReport.Grouping.asset.rawValue
        guard let known = AvailabilityReport.Grouping(rawValue: word) else {
            throw Problem(.badRequest, "bad-by", "by: \"\(word)\" is none of: asset, site, unit, class")
        }
        grouping = known
    }
}

extension Response {
    package init(csv report: AvailabilityReport) {
        let name = "availability-\(report.month)-\(report.grouping.rawValue).csv"
        self.init(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ],
            body: ResponseBody(byteBuffer: AvailabilityTable.csv(report)))
    }
}

package struct AvailabilityDTO: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package var name: String
        package var title: String
        package var assets: Int
        /// From 0 to 1; absent when nothing that counts was measured.
        package var available: Double?
        package var up: Double
        package var degraded: Double
        package var down: Double
        package var unknown: Double
        package var maintenance: Double
        package var outsideHours: Double
        package var unwatched: Double
        /// All seven together.
        package var total: Double
        /// How much was unknown until late data arrived.
        package var revised: Double

        init(_ row: AvailabilityReport.Row) {
            let times = row.availability
            name = row.name
            title = row.title
            assets = row.assets
            available = times.ratio
            up = times[.up].inSeconds
            degraded = times[.degraded].inSeconds
            down = times[.down].inSeconds
            unknown = times[.unknown].inSeconds
            maintenance = times[.maintenance].inSeconds
            outsideHours = times[.outsideHours].inSeconds
            unwatched = times[.unwatched].inSeconds
            total = times.total.inSeconds
            revised = times.revised.inSeconds
        }
    }

    package var month: String
    package var by: String
    /// What of the month is over; absent when it has not begun.
    package var from: String?
    package var until: String?
    /// Whether the month is over.
    package var isWhole: Bool
    /// Times in seconds.
    package var rows: [Row]
    package var total: Row

    init(_ report: AvailabilityReport) {
        month = report.month.description
        by = report.grouping.rawValue
        from = report.period?.lowerBound.description
        until = report.period?.upperBound.description
        isWhole = report.isWhole
        rows = report.rows.map(Row.init)
        total = Row(report.total)
    }
}
