import Vocabulary

/// Where times and values lie in the box of a drawing.
struct Plot: Sendable {
    let left: Double
    let top: Double
    let width: Double
    let height: Double
    let from: Instant
    let to: Instant
    let low: Double
    let high: Double

    func x(_ time: Instant) -> Double {
        let span = (to - from).inSeconds
        guard span > 0 else { return left }
        return left + min(1, max(0, (time - from).inSeconds / span)) * width
    }

    func y(_ value: Double) -> Double {
        guard high > low else { return top + height }
        return top + (1 - min(1, max(0, (value - low) / (high - low)))) * height
    }

    /// One decimal is a tenth of a pixel.
    static func number(_ value: Double) -> String {
        let tenths = Int64((value * 10).rounded())
        let whole = tenths / 10
        let rest = (tenths % 10).magnitude
        let sign = tenths < 0 && whole == 0 ? "-" : ""
        return rest == 0 ? "\(whole)" : "\(sign)\(whole).\(rest)"
    }

    /// The lines of a series; a point on its own becomes a dot (a line of no length with a round cap).
    func line(_ series: ChartSeries) -> String {
        var pen = Pen()
        for run in series.runs {
            for (index, point) in run.enumerated() {
                pen.go(x(point.time), y(point.finiteValue ?? 0), isDrawing: index > 0)
            }
            if run.count == 1 { pen.dot() }
        }
        return pen.path
    }

    /// The area between the least and the most, where the series has both.
    func band(_ series: ChartSeries) -> String {
        var pen = Pen()
        for run in series.runs {
            let ranges = run.compactMap { point -> (Instant, Double, Double)? in
                guard let low = point.low, let high = point.high, low.isFinite, high.isFinite else { return nil }
                return (point.time, low, high)
            }
            guard ranges.count > 1 else { continue }
            for (index, range) in ranges.enumerated() { pen.go(x(range.0), y(range.2), isDrawing: index > 0) }
            for range in ranges.reversed() { pen.go(x(range.0), y(range.1), isDrawing: true) }
            pen.close()
        }
        return pen.path
    }
}
