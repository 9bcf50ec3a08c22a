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

    func point(_ time: Instant, _ value: Double) -> String {
        "\(Self.number(x(time))) \(Self.number(y(value)))"
    }

    /// The lines of a series; a point on its own becomes a dot (a line of no length with a round cap).
    func line(_ series: ChartSeries) -> String {
        series.runs.map { run in
            let points = run.map { point($0.time, $0.finiteValue ?? 0) }
            return "M" + points.joined(separator: "L") + (points.count == 1 ? "h0" : "")
        }.joined()
    }

    /// The area between the least and the most, where the series has both.
    func band(_ series: ChartSeries) -> String {
        series.runs.compactMap { run in
            let ranges = run.compactMap { point -> (Instant, Double, Double)? in
                guard let low = point.low, let high = point.high, low.isFinite, high.isFinite else { return nil }
                return (point.time, low, high)
            }
            guard ranges.count > 1 else { return nil }
            let upper = ranges.map { point($0.0, $0.2) }
            let lower = ranges.reversed().map { point($0.0, $0.1) }
            return "M" + (upper + lower).joined(separator: "L") + "Z"
        }.joined()
    }
}
