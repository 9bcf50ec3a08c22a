import SQLite
import Storage
import Vocabulary
import WebUI

/// The charts of an asset's page, from the series it has.
struct AssetCharts {
    private static let lines = 8

    let asset: AssetStore.Asset
    let span: ChartSpan
    let now: Instant
    /// How many points a line has at most.
    var most = Chart.points

    /// CPU, memory, filesystems and network of a machine, then how long each of its services took to answer.
    func charts(_ connection: Connection, scope: Scope) throws -> [Chart] {
        let store = SeriesStore(connection)
        var host = try store.metrics(check: CheckName(asset: asset.name, part: "host"), scope: scope)
        let device = try store.metrics(check: CheckName(asset: asset.name, part: "snmp"), scope: scope)
        let busiest = try busiest(store, device)
        host += device
        let charts = [
            try chart(.cpu, .ratio, store, host) { metric in
                metric.name == "host_cpu_ratio" && !metric.text.contains("\"idle\"")
                    || metric.name == "snmp_cpu_busy_ratio"
            },
            try chart(.load, .count, store, host) { $0.name.hasPrefix("host_load") },
            try chart(.memory, .ratio, store, host) {
                ["host_memory_used_ratio", "host_swap_used_ratio", "snmp_memory_used_ratio"].contains($0.name)
            },
            try chart(.filesystems, .ratio, store, host) {
                ["host_filesystem_used_ratio", "snmp_storage_used_ratio"].contains($0.name)
            },
            try chart(.network, .bytesPerSecond, store, host) { metric in
                metric.name.hasPrefix("host_interface_") && metric.name.hasSuffix("_bytes_per_second")
                    || busiest.contains(metric)
            },
            try chart(.disks, .bytesPerSecond, store, host) { metric in
                metric.name.hasPrefix("host_disk_") && metric.name.hasSuffix("_bytes_per_second")
            },
            try answers(store, connection, scope: scope),
        ]
        return fitted(charts.filter { chart in chart.series.contains { !$0.points.isEmpty } })
    }

    /// Of a device's interfaces those few with the most traffic of late, as their two metrics.
    private func busiest(_ store: SeriesStore, _ metrics: [(series: Int64, metric: Metric)]) throws -> Set<Metric> {
        var (traffic, metricsByLabels): ([String: Double], [String: [Metric]]) = ([:], [:])
        for (series, metric) in metrics where metric.isTraffic {
            let labels = String(metric.text.dropFirst(metric.name.count))
            traffic[labels, default: 0] += try store.last(series: series)?.value ?? 0
            metricsByLabels[labels, default: []].append(metric)
        }
        let most = traffic.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(Self.lines / 2)
        return Set(most.flatMap { metricsByLabels[$0.key] ?? [] })
    }

    private func chart(
        _ subject: KnownSubject, _ unit: ChartUnit, _ store: SeriesStore, _ metrics: [(series: Int64, metric: Metric)],
        where isWanted: (Metric) -> Bool
    ) throws -> Chart {
        let series = try metrics.filter { isWanted($0.metric) }.sorted { $0.metric.order < $1.metric.order }
            .prefix(Self.lines).map { series, metric in
                ChartSeries(name: metric.seriesName, points: try points(store, series))
            }
        return Chart(subject: .known(subject), unit: unit, from: span.start(before: now), to: now, series: series)
    }

    private func answers(_ store: SeriesStore, _ connection: Connection, scope: Scope) throws -> Chart {
        var series: [ChartSeries] = []
        for status in try ConditionStore(connection).statuses(scope: scope, assetID: asset.id) {
            guard status.kind != "host", series.count < Self.lines else { continue }
            let metrics = try store.metrics(check: status.name, scope: scope)
            guard let id = metrics.first(where: { $0.metric.text == "probe_duration_seconds" })?.series else {
                continue
            }
            series.append(ChartSeries(name: String(status.name.part), points: try points(store, id)))
        }
        return Chart(
            subject: .known(.answers), unit: .seconds, from: span.start(before: now), to: now, series: series)
    }

    /// As measured up to six hours, the averages with their bounds beyond, unless there is less than an hour of them.
    private func points(_ store: SeriesStore, _ series: Int64) throws -> [ChartPoint] {
        let start = span.start(before: now)
        if span.isLong {
            let averages = try store.points(series: series, from: start, to: now, tier: .averages)
            guard let first = averages.first, now - first.time < ChartSpan.hour.duration else {
                return averages.map { ChartPoint($0.time, $0.mean, low: $0.lowest, high: $0.highest) }
            }
        }
        return try store.points(series: series, from: start, to: now, tier: .raw).map { ChartPoint($0.time, $0.mean) }
    }

    /// All charts over one time, which begins where the first of them has data, and with no more points than an eye
    /// can tell apart.
    private func fitted(_ charts: [Chart]) -> [Chart] {
        let first = charts.flatMap(\.series).compactMap { $0.points.first?.time }.min()
        let from = span.start(firstSample: first, now: now)
        return charts.map { chart in
            var chart = chart
            chart.from = from
            for index in chart.series.indices {
                chart.series[index].points = chart.series[index].points
                    .thinned(to: most, from: from, until: now)
            }
            return chart
        }
    }
}

extension Metric {
    /// A word for what the product measures itself; else the label's value where there is one (`user`, `eth0 ↓`).
    fileprivate var seriesName: SeriesName {
        switch name {
        case "host_load1": return .minutes(1)
        case "host_load5": return .minutes(5)
        case "host_load15": return .minutes(15)
        case "host_memory_used_ratio", "snmp_memory_used_ratio": return .memory
        case "host_swap_used_ratio": return .swap
        default: break
        }
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return .named(String(name.drop { $0 != "_" }.dropFirst())) }
        let labels = stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }.joined(separator: " ")
        if name.contains("receive") || name.contains("read") || name.contains("_in_") { return .named("\(labels) ↓") }
        if name.contains("transmit") || name.contains("write") || name.contains("_out_") {
            return .named("\(labels) ↑")
        }
        return .named(labels)
    }

    fileprivate var isTraffic: Bool {
        name == "snmp_if_in_octets_per_second" || name == "snmp_if_out_octets_per_second"
    }

    /// Load over one, five and fifteen minutes in this order, the modes of a CPU as people look for them; everything
    /// else as it comes.
    fileprivate var order: Int {
        switch seriesName {
        case .minutes(let count): count
        case .named(let mode):
            ["user", "system", "iowait", "nice", "softirq", "irq", "steal"].firstIndex(of: mode) ?? 0
        case .memory, .swap: 0
        }
    }
}
