import Vocabulary

/// A chart's figures for a script that draws them: words of the reader's language, times in seconds, gaps as ends of
/// runs.
package struct ChartSheet: Encodable, Sendable {
    package struct Line: Encodable, Sendable {
        package let name: String
        /// What hangs together, in order of time: `[time, value]`, with the least and the most where they are known.
        package let runs: [[[Double]]]
    }

    /// What the page knows the chart by.
    package let key: String
    package let unit: String
    package let from: Double
    package let to: Double
    package let lines: [Line]

    /// nil for a chart that only the page draws.
    package init?(_ chart: Chart, language: Language) {
        guard let key = chart.subject.key else { return nil }
        self.key = key
        unit =
            switch chart.unit {
            case .seconds: "seconds"
            case .bytes: "bytes"
            case .bytesPerSecond: "bytesPerSecond"
            case .ratio: "ratio"
            case .count: "count"
            }
        from = Self.seconds(chart.from)
        to = Self.seconds(chart.to)
        let hasBands = chart.series.count <= Chart.bands
        lines = chart.series.map { series in
            Line(
                name: Words.of(language).name(series.name),
                runs: series.runs.map { run in run.compactMap { Self.point($0, hasBand: hasBands) } })
        }
    }

    private static func point(_ point: ChartPoint, hasBand: Bool) -> [Double]? {
        guard let value = point.finiteValue else { return nil }
        guard hasBand, let low = point.low, let high = point.high, low.isFinite, high.isFinite else {
            return [seconds(point.time), value]
        }
        return [seconds(point.time), value, low, high]
    }

    private static func seconds(_ time: Instant) -> Double { Double(time.microseconds) / 1e6 }
}
