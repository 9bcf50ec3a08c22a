import API
import Detection
import Hummingbird
import Inventory
import SQLite
import Storage
import Vocabulary
import WebUI

/// The first page, filled from the stores.
struct OverviewRoute: Sendable {
    private static let troubles = 50
    private static let spark = Duration.seconds(1800)
    private static let sparkWidth = Duration.seconds(30)

    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let (now, steps) = (services.now(), services.steps)
            let page = try await services.api.database.read { connection in
                try Self.page(connection, scope: caller.scope, now: now, steps: steps)
            }
            return services.answer(page, request, context)
        }
    }

    private static func page(
        _ connection: Connection, scope: Scope, now: Instant, steps: FirstSteps
    ) throws -> OverviewPage {
        let overview = try Overview(connection, scope: scope, at: now)
        let places = try Places(connection, scope: scope)
        let holders = try AcknowledgementStore(connection).holders(scope: scope)
        let troubles = overview.assets.compactMap { trouble($0, places, holders) }.sorted { $0.since < $1.since }
            .sorted { $0.standing.gravity > $1.standing.gravity }
        let hosts = Set(overview.agents.map(\.asset))
        let machines = try overview.assets.filter { hosts.contains($0.asset.name) }.prefix(12).map { entry in
            try machine(entry, places, connection, scope: scope, now: now)
        }
        var offered = [OverviewPage.Step(.enrolMachine, command: steps.enrolMachine)]
        if let loadSites = steps.loadSites { offered.append(.init(.loadSites, command: loadSites)) }
        offered.append(.init(.breakSomething, command: steps.breakSomething))
        return OverviewPage(
            troubles: Array(troubles.prefix(Self.troubles)),
            furtherTroubles: max(0, troubles.count - Self.troubles),
            counts: Dictionary(overview.assets.map { (Standing($0.standing), 1) }, uniquingKeysWith: +),
            sitesWithoutAddress: try SiteStore(connection).withoutAddress(scope: scope).count,
            newestData: overview.assets.flatMap(\.checks).compactMap(\.lastAsked).max(),
            machines: machines, steps: offered)
    }

    private static func trouble(
        _ entry: Overview.Entry, _ places: Places, _ holders: [String: String]
    ) -> OverviewPage.Trouble? {
        guard case .known(let outcome, since: let since) = entry.standing, outcome != .up else { return nil }
        var trouble = OverviewPage.Trouble(
            asset: Named(entry.asset), site: places.named(site: entry.asset.site), standing: Standing(outcome.state),
            reason: outcome.reason, since: since ?? Instant(seconds: 0),
            contact: places.contact(site: entry.asset.site, unit: entry.asset.unit),
            exemption: entry.maintenance.map { ExemptionNote(.maintenance($0.name), until: $0.until) })
        trouble.acknowledgedBy = holders[entry.asset.name]
        return trouble
    }

    private static func machine(
        _ entry: Overview.Entry, _ places: Places, _ connection: Connection, scope: Scope, now: Instant
    ) throws -> OverviewPage.Machine {
        let store = SeriesStore(connection)
        let metrics = try store.metrics(check: CheckName(asset: entry.asset.name, part: "host"), scope: scope)
        var idle: [SeriesStore.Point] = []
        var memory: Double?
        var fullest: Double?
        for (series, metric) in metrics {
            if metric == Metric("host_cpu_ratio", ["mode": "idle"]) {
                idle = try store.points(series: series, from: now - spark, to: now, tier: .raw)
            } else if metric.text == "host_memory_used_ratio" {
                memory = try store.last(series: series)?.value
            } else if metric.name == "host_filesystem_used_ratio", let last = try store.last(series: series) {
                fullest = max(fullest ?? 0, last.value)
            }
        }
        return OverviewPage.Machine(
            asset: Named(entry.asset), site: places.named(site: entry.asset.site), standing: Standing(entry.standing),
            cpu: spark(idle, now: now), memory: memory, fullestDisk: fullest)
    }
}

extension OverviewRoute {
    /// How busy it was in each half minute, the newest last; a half minute without a sample stays a gap.
    private static func spark(_ idle: [SeriesStore.Point], now: Instant) -> [Double?] {
        let width = sparkWidth.inSeconds
        let count = Int(spark.inSeconds / width)
        var sums: [(total: Double, count: Int)] = Array(repeating: (0, 0), count: count)
        for point in idle {
            let place = count - 1 - Int(max(0, (now - point.time).inSeconds) / width)
            guard sums.indices.contains(place) else { continue }
            sums[place].total += 1 - point.mean
            sums[place].count += 1
        }
        return sums.map { $0.count > 0 ? $0.total / Double($0.count) : nil }
    }
}

extension Standing {
    init(_ standing: AssetStanding) {
        switch standing {
        case .notConfigured: self = .notConfigured
        case .outsideHours: self = .outsideHours
        case .known(let outcome, since: _): self.init(outcome.state)
        }
    }

    /// The higher the more urgent.
    var gravity: Int {
        switch self {
        case .down: 3
        case .degraded: 2
        case .unknown: 1
        case .up, .notConfigured, .outsideHours: 0
        }
    }
}
