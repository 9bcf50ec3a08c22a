package import Vocabulary

/// One moment of a series; without a value it is a gap, and stays one.
package struct ChartPoint: Hashable, Sendable {
    package var time: Instant
    package var value: Double?
    /// The least and the most within the moment, where it stands for several samples.
    package var low: Double?
    package var high: Double?

    package init(_ time: Instant, _ value: Double?, low: Double? = nil, high: Double? = nil) {
        self.time = time
        self.value = value
        self.low = low
        self.high = high
    }

    var finiteValue: Double? { value.flatMap { $0.isFinite ? $0 : nil } }
}

/// One line of a chart, its points in order of time.
package struct ChartSeries: Hashable, Sendable {
    package var name: SeriesName
    package var points: [ChartPoint]

    package init(name: SeriesName, points: [ChartPoint]) {
        self.name = name
        self.points = points
    }

    package init(name: String, points: [ChartPoint]) {
        self.init(name: .named(name), points: points)
    }

    /// The points cut where a value is missing, or where nothing was measured for much longer than usual.
    var runs: [[ChartPoint]] {
        let patience = usualSpacing.map { Double($0) * 2.5 } ?? .infinity
        var runs: [[ChartPoint]] = []
        var run: [ChartPoint] = []
        for point in points {
            let isLate = run.last.map { (point.time - $0.time).inSeconds * 1e6 > patience } ?? false
            if point.finiteValue == nil || isLate {
                if !run.isEmpty { runs.append(run) }
                run = []
            }
            if point.finiteValue != nil { run.append(point) }
        }
        if !run.isEmpty { runs.append(run) }
        return runs
    }

    /// The median distance of neighbours in microseconds; nil below four points.
    private var usualSpacing: Int64? {
        guard points.count > 3 else { return nil }
        let spacings = zip(points, points.dropFirst()).map { ($1.time - $0.time).wholeMicroseconds }.sorted()
        return spacings[spacings.count / 2]
    }
}
