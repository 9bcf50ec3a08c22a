import Hummingbird
package import Storage
import Vocabulary

/// `GET /api/v1/checks`, `/checks/{asset}/{part}/series` and `…/points`.
package struct CheckRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("checks") { _, context in
            let caller = try context.requireCaller()
            return try await services.database.read { connection in
                try Response(json: ConditionStore(connection).statuses(scope: caller.scope).map(CheckDTO.init))
            }
        }
        group.get("checks/{asset}/{part}/series") { _, context in
            let (caller, name) = (try context.requireCaller(), try checkName(context))
            return try await services.database.read { connection in
                let latest = try SeriesStore(connection).latest(check: name, scope: caller.scope)
                return try Response(
                    json: latest.map { LatestDTO(metric: $0.metric.text, time: $0.time.description, value: $0.value) })
            }
        }
        group.get("checks/{asset}/{part}/points") { request, context in
            let (caller, name) = (try context.requireCaller(), try checkName(context))
            let query = try PointQuery(request, now: services.now())
            return try await services.database.read { connection in
                let store = SeriesStore(connection)
                let metrics = try store.metrics(check: name, scope: caller.scope)
                guard let series = metrics.first(where: { $0.metric == query.metric })?.series else {
                    throw Problem(.notFound, "no-such-series", "\(name.rawValue) has no series \(query.metric.text)")
                }
                let points = try store.points(series: series, from: query.from, to: query.to, tier: query.tier)
                return try Response(json: points.map(PointDTO.init))
            }
        }
    }

    private func checkName(_ context: Context) throws -> CheckName {
        CheckName(asset: try context.parameters.require("asset"), part: try context.parameters.require("part"))
    }
}

/// What a request for points asks for: `metric`, and `from`/`to` in seconds since 1970 (the last hour when absent).
private struct PointQuery: Sendable {
    var metric: Metric
    var from: Instant
    var to: Instant
    var tier: SeriesStore.Tier

    init(_ request: Request, now: Instant) throws {
        let query = request.uri.queryParameters
        guard let metric = query["metric"] else {
            throw Problem(.badRequest, "missing-metric", "the query needs metric=…, as /series lists them")
        }
        self.metric = Metric(text: String(metric))
        to = try Self.instant(query["to"].map(String.init), named: "to") ?? now
        from = try Self.instant(query["from"].map(String.init), named: "from") ?? to - .seconds(3600)
        guard from < to else { throw Problem(.badRequest, "bad-span", "from must lie before to") }
        tier = to - from > .seconds(6 * 3600) ? .averages : .raw
    }

    private static func instant(_ text: String?, named name: String) throws -> Instant? {
        guard let text else { return nil }
        guard let seconds = Int64(text) else {
            throw Problem(.badRequest, "bad-\(name)", "\(name) is seconds since 1970, not \"\(text)\"")
        }
        return Instant(seconds: seconds)
    }
}

package struct CheckDTO: Codable, Sendable {
    package var name: String
    package var kind: String
    package var target: String
    package var asset: String
    /// nil: nothing is believed yet.
    package var state: String?
    package var reason: ReasonDTO?
    package var since: String?
    package var lastAsked: String?
    package var durationSeconds: Double?

    package init(_ status: ConditionStore.CheckStatus) {
        name = status.name.rawValue
        kind = status.kind.rawValue
        target = status.target
        asset = status.asset
        state = status.outcome?.state.word
        reason = status.outcome?.reason.map(ReasonDTO.init)
        since = status.since?.description
        lastAsked = status.lastAsked?.description
        durationSeconds = status.lastDuration?.inSeconds
    }
}

private struct LatestDTO: Codable, Sendable {
    var metric: String
    var time: String
    var value: Double
}

private struct PointDTO: Codable, Sendable {
    var time: String
    var lowest: Double
    var highest: Double
    var mean: Double
    var count: Int

    init(_ point: SeriesStore.Point) {
        time = point.time.description
        lowest = point.lowest
        highest = point.highest
        mean = point.mean
        count = point.count
    }
}
