import Vocabulary

extension Chart {
    /// The drawing, 480 × 160 units, scaled by its viewBox. `id` must be unique within the page.
    package func svg(for viewer: Viewer, id: String) -> String {
        let extent = extent ?? (0, 0)
        let axis = ValueAxis(covering: extent, unit: unit)
        let plot = Plot(
            left: 64, top: 8, width: 408, height: 128, from: from, to: to, low: axis.low, high: axis.high)
        let number = Plot.number
        let name = EscapedMarkup.escape(id)
        let calendar = viewer.calendar
        let title = viewer.words.title(subject)
        let summary = viewer.words.chart.summary(title, calendar.dateAndTime(from), calendar.dateAndTime(to))
        var parts: [String] = [
            #"<svg class="chart-drawing" viewBox="0 0 480 160" role="img" aria-labelledby="\#(name)-t \#(name)-d">"#,
            #"<title id="\#(name)-t">\#(EscapedMarkup.escape(title))</title>"#,
            #"<desc id="\#(name)-d">\#(EscapedMarkup.escape(summary + ". " + spoken(viewer)))</desc>"#,
        ]
        for tick in axis.ticks {
            let y = plot.y(tick)
            parts.append(
                #"<path class="grid\#(tick == 0 ? " zero" : "")" d="M64 \#(number(y))H472"/>"#
                    + #"<text class="value" x="59" y="\#(number(y + 3.5))">\#(viewer.numbers.value(tick, unit))</text>"#
            )
        }
        for tick in TimeAxis(from: from, to: to, calendar: calendar).ticks {
            let x = plot.x(tick.time)
            let place = x > 456 ? "late" : x < 76 ? "early" : "middle"
            parts.append(
                #"<path class="notch" d="M\#(number(x)) 136v4"/>"#
                    + #"<text class="time \#(place)" x="\#(number(x))" y="153">\#(tick.label)</text>"#)
        }
        for (index, line) in series.enumerated() {
            let style = index % Self.styles
            let band = series.count <= Self.bands ? plot.band(line) : ""
            if !band.isEmpty { parts.append(#"<path class="band s\#(style)" d="\#(band)"/>"#) }
            let path = plot.line(line)
            if !path.isEmpty { parts.append(#"<path class="line s\#(style)" d="\#(path)"/>"#) }
        }
        parts.append("</svg>")
        return parts.joined(separator: "\n")
    }

    /// The newest value of each series, in words: what the drawing says to somebody who cannot see it.
    private func spoken(_ viewer: Viewer) -> String {
        guard !isEmpty else { return viewer.words.chart.noData }
        return series.compactMap { series in
            series.points.last { $0.finiteValue != nil }?.value
                .map { "\(viewer.words.name(series.name)): \(viewer.numbers.value($0, unit))" }
        }.joined(separator: "; ")
    }
}
