import Vocabulary

/// A chart ready for the `Chart` template: the drawing and the same figures as tables.
struct ChartFigures: Sendable {
    struct Line: Sendable {
        let name: String
        let style: String
        let least: String
        let mean: String
        let most: String
        let last: String
    }

    struct Row: Sendable {
        let time: String
        let cells: [String]
    }

    let title: String
    /// What the script knows it by.
    let key: String?
    let drawing: String
    let isEmpty: Bool
    let isLegendNeeded: Bool
    let lines: [Line]
    let rows: [Row]
    /// Says that older rows are left out; nil when none is.
    let latest: String?

    init(_ chart: Chart, id: String, _ viewer: Viewer) {
        title = viewer.words.title(chart.subject)
        key = chart.subject.key
        drawing = chart.svg(for: viewer, id: id)
        isEmpty = chart.isEmpty
        isLegendNeeded = chart.series.count > 1
        let numbers = viewer.numbers
        lines = chart.series.enumerated().map { index, series in
            let values = series.points.compactMap(\.finiteValue)
            let least = (series.points.compactMap(\.low) + values).min()
            let most = (series.points.compactMap(\.high) + values).max()
            let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
            let said = { (number: Double?) in number.map { numbers.value($0, chart.unit) } ?? "–" }
            return Line(
                name: viewer.words.name(series.name), style: "s\(index % Chart.styles)", least: said(least),
                mean: said(mean),
                most: said(most), last: said(values.last))
        }
        var byTime: [Instant: [Int: Double]] = [:]
        for (index, series) in chart.series.enumerated() {
            for point in series.points { byTime[point.time, default: [:]][index] = point.finiteValue }
        }
        let times = byTime.keys.sorted().suffix(Chart.rows)
        rows = times.reversed().map { time in
            Row(
                time: viewer.calendar.dateAndTime(time),
                cells: chart.series.indices.map { index in
                    byTime[time]?[index].map { numbers.value($0, chart.unit) } ?? "–"
                })
        }
        latest = byTime.count > times.count ? viewer.words.chart.latest(times.count, byTime.count) : nil
    }
}
