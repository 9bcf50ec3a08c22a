package import Vocabulary

/// A chart over time: what the server draws as SVG, with a table of the same figures beside it.
package struct Chart: Hashable, Sendable {
    package var subject: ChartSubject
    package var unit: ChartUnit
    package var from: Instant
    package var to: Instant
    package var series: [ChartSeries]

    package init(subject: ChartSubject, unit: ChartUnit, from: Instant, to: Instant, series: [ChartSeries]) {
        self.subject = subject
        self.unit = unit
        self.from = from
        self.to = to
        self.series = series
    }

    /// Beyond eight lines nobody can tell them apart: dashes and colours begin again.
    static let styles = 8
    /// A table of a week of seconds helps nobody: the newest rows, and how many there are.
    static let rows = 8
    /// Areas that overlap cannot be told apart: with more lines than this only the lines are drawn.
    static let bands = 3
    /// How many points a line has at most: beyond that neighbours are one to the eye, and the page grows for nothing.
    package static let points = 80

    var isEmpty: Bool {
        !series.contains { $0.points.contains { $0.finiteValue != nil } }
    }

    /// The least and the most that must be visible, bands included.
    var extent: (low: Double, high: Double)? {
        var extent: (low: Double, high: Double)?
        for point in series.lazy.flatMap(\.points) {
            for number in [point.value, point.low, point.high] {
                guard let number, number.isFinite else { continue }
                extent = (min(extent?.low ?? number, number), max(extent?.high ?? number, number))
            }
        }
        return extent
    }
}
