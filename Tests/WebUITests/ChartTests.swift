import Foundation
import Testing
import Vocabulary
import WebUI

@Suite struct ChartTests {
    static let start = Instant(seconds: 1_680_674_400)

    static func chart(_ values: [Double?], unit: ChartUnit = .seconds, band: Bool = false) -> Chart {
        Chart(
            title: "RTT <eth0>", unit: unit, from: start, to: start + .seconds(600),
            series: [
                ChartSeries(
                    name: "rtt",
                    points: values.enumerated().map { index, value in
                        ChartPoint(
                            start + .seconds(60 * index), value, low: band ? value.map { $0 / 2 } : nil,
                            high: band ? value.map { $0 * 2 } : nil)
                    })
            ])
    }

    @Test func theDrawingIsTheRecordedOne() throws {
        let drawing = Self.chart([0.01, 0.02, nil, 0.03, 0.025, 0.02, nil, 0.04, nil, 0.01, 0.012], band: true)
            .svg(for: Samples.viewer(), id: "chart-1")
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/chart.svg")
        if ProcessInfo.processInfo.environment["WEBUI_RECORD"] != nil {
            try Data((drawing + "\n").utf8).write(to: golden)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == drawing + "\n")
    }

    @Test func aGapStaysAGap() {
        let whole = Self.line(Self.chart([1, 2, 3, 4]))
        let broken = Self.line(Self.chart([1, nil, 3, 4]))
        #expect(whole.filter { $0 == "M" }.count == 1)
        #expect(broken.filter { $0 == "M" }.count == 2)
        #expect(broken.contains("h0"), "a point on its own is a dot")
    }

    @Test func silenceMuchLongerThanUsualIsAGap() {
        var chart = Self.chart([1, 2, 3, 4, 5, 6])
        chart.series[0].points.removeSubrange(2...3)
        #expect(Self.line(chart).filter { $0 == "M" }.count == 2)
    }

    @Test(arguments: [
        (ChartUnit.ratio, [0.0, 0.31], ["0\u{202F}%", "10\u{202F}%", "20\u{202F}%", "30\u{202F}%", "40\u{202F}%"]),
        (.seconds, [0.0, 0.041], ["0 s", "20 ms", "40 ms", "60 ms"]),
        (.bytes, [0.0, 3.5e9], ["0 B", "1 GiB", "2 GiB", "3 GiB", "4 GiB"]),
        (.count, [0.0, 3], ["0", "1", "2", "3"]),
        (.seconds, [-0.002, 0.002], ["−2 ms", "−1 ms", "0 s", "1 ms", "2 ms"]),
        (.count, [0.0, 0], ["0", "1"]),
    ])
    func ticksAreRound(_ unit: ChartUnit, values: [Double], labels: [String]) {
        let svg = Self.chart(values, unit: unit).svg(for: Samples.viewer(.english), id: "c")
        let found = svg.matches(of: /<text class="value"[^>]*>([^<]*)</).map { String($0.1) }
        #expect(found == labels)
    }

    @Test func timesAreMarkedInTheShownOffset() {
        let svg = Self.chart([1, 2]).svg(for: Samples.viewer(), id: "c")
        let labels = svg.matches(of: /<text class="time[^>]*>([^<]*)</).map { String($0.1) }
        #expect(labels == ["13:00", "13:02", "13:04", "13:06", "13:08", "13:10"])
    }

    @Test func theDrawingSaysWhatItShows() {
        let svg = Self.chart([0.01, 0.02]).svg(for: Samples.viewer(.english), id: "c")
        #expect(svg.contains("<title id=\"c-t\">RTT &lt;eth0&gt;</title>"))
        #expect(svg.contains("rtt: 20 ms"))
        #expect(svg.contains("aria-labelledby=\"c-t c-d\""))
    }

    private static func line(_ chart: Chart) -> String {
        let svg = chart.svg(for: Samples.viewer(), id: "c")
        return svg.firstMatch(of: /<path class="line s0" d="([^"]*)"/).map { String($0.1) } ?? ""
    }
}
