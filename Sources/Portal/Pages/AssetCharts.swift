import SQLite
import Storage
import Vocabulary
import WebUI

/// The charts of an asset's page, from the series it has.
struct AssetCharts {
    let asset: String
    let from: Instant
    let to: Instant

    /// CPU, memory, filesystems and network of a machine, then how long each of its services took to answer.
    func charts(_ connection: Connection, scope: Scope) throws -> [Chart] {
        let store = SeriesStore(connection)
        let host = try store.metrics(check: CheckName(asset: asset, part: "host"), scope: scope)
        var charts = [
            try chart("CPU", .ratio, store, host) { metric in
                metric.name == "host_cpu_ratio" && !metric.text.contains("\"idle\"")
            },
            try chart("Load", .count, store, host) { $0.name.hasPrefix("host_load") },
            try chart("Memory", .ratio, store, host) {
                ["host_memory_used_ratio", "host_swap_used_ratio"].contains($0.name)
            },
            try chart("Filesystems", .ratio, store, host) { $0.name == "host_filesystem_used_ratio" },
            try chart("Network", .bytesPerSecond, store, host) { metric in
                metric.name.hasPrefix("host_interface_") && metric.name.hasSuffix("_bytes_per_second")
            },
            try chart("Disks", .bytesPerSecond, store, host) { metric in
                metric.name.hasPrefix("host_disk_") && metric.name.hasSuffix("_bytes_per_second")
            },
        ]
        charts.append(try answers(store, connection, scope: scope))
        return charts.filter { chart in chart.series.contains { !$0.points.isEmpty } }
    }

    private func chart(
        _ title: String, _ unit: ChartUnit, _ store: SeriesStore, _ metrics: [(series: Int64, metric: Metric)],
        where isWanted: (Metric) -> Bool
    ) throws -> Chart {
        let series = try metrics.filter { isWanted($0.metric) }.prefix(8).map { series, metric in
            ChartSeries(name: metric.shortName, points: try points(store, series))
        }
        return Chart(title: title, unit: unit, from: from, to: to, series: series)
    }

    private func answers(_ store: SeriesStore, _ connection: Connection, scope: Scope) throws -> Chart {
        var series: [ChartSeries] = []
        for status in try ConditionStore(connection).statuses(scope: scope) where status.asset == asset {
            guard status.kind != "host", series.count < 8 else { continue }
            let metrics = try store.metrics(check: status.name, scope: scope)
            guard let id = metrics.first(where: { $0.metric.text == "probe_duration_seconds" })?.series else {
                continue
            }
            series.append(ChartSeries(name: String(status.name.part), points: try points(store, id)))
        }
        return Chart(title: "Answers", unit: .seconds, from: from, to: to, series: series)
    }

    /// At most some 200 points: beyond that neighbours share a pixel, and their bounds are drawn as a band.
    private func points(_ store: SeriesStore, _ series: Int64) throws -> [ChartPoint] {
        let raw = try store.points(series: series, from: from, to: to, tier: .raw)
        let group = max(1, raw.count / 200)
        guard group > 1 else { return raw.map { ChartPoint($0.time, $0.mean) } }
        return stride(from: 0, to: raw.count, by: group).map { start in
            let part = raw[start..<min(start + group, raw.count)]
            let mean = part.reduce(0) { $0 + $1.mean } / Double(part.count)
            return ChartPoint(
                raw[start].time, mean, low: part.map(\.lowest).min(), high: part.map(\.highest).max())
        }
    }
}

extension Metric {
    /// The label's value where there is one, else the name without its family: `user`, `load1`.
    fileprivate var shortName: String {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return String(name.drop { $0 != "_" }.dropFirst()) }
        let labels = stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }.joined(separator: " ")
        if name.contains("receive") || name.contains("read") { return "\(labels) ↓" }
        if name.contains("transmit") || name.contains("written") { return "\(labels) ↑" }
        return labels
    }
}
