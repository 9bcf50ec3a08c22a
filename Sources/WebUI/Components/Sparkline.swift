import Vocabulary

/// A small line without axes: the shape of the recent past, from nothing to `top`.
struct Sparkline: Sendable {
    let values: [Double?]
    let top: Double

    /// The drawing; `label` says in words what it shows.
    func svg(label: String) -> String {
        let points = values.enumerated().map { ChartPoint(Instant(seconds: Int64($0.offset)), $0.element) }
        let plot = Plot(
            left: 1, top: 2, width: 118, height: 20, from: Instant(seconds: 0),
            to: Instant(seconds: Int64(max(1, values.count - 1))), low: 0, high: top)
        let path = plot.line(ChartSeries(name: "", points: points))
        return #"<svg class="spark" viewBox="0 0 120 24" role="img" aria-label="\#(EscapedMarkup.escape(label))">"#
            + #"<path class="base" d="M1 22H119"/>"#
            + (path.isEmpty ? "" : #"<path class="line s0" d="\#(path)"/>"#) + "</svg>"
    }
}
