package import Vocabulary

/// What a number on a page counts: it decides the ticks of a chart and the unit beside a value.
package enum ChartUnit: Hashable, CaseIterable, Sendable {
    case seconds
    case bytes
    case bytesPerSecond
    case ratio
    case count

    /// The unit a metric's name says it has; a plain count when it says none.
    package init(of metric: Metric) {
        let name = metric.name
        if name.hasSuffix("_bytes_per_second") || name.hasSuffix("_octets_per_second") {
            self = .bytesPerSecond
        } else if name.hasSuffix("_seconds") {
            self = .seconds
        } else if name.hasSuffix("_bytes") || name.hasSuffix("_bytes_total") || name.hasSuffix("_octets_total") {
            self = .bytes
        } else if name.hasSuffix("_ratio") {
            self = .ratio
        } else {
            self = .count
        }
    }
}
