import Foundation
import Testing
import Vocabulary
import WebUI

@Suite struct ChartTests {
    static let start = Instant(seconds: 1_680_674_400)

    static func chart(_ values: [Double?], unit: ChartUnit = .seconds, band: Bool = false) -> Chart {
        Chart(
            subject: .named("RTT <eth0>"), unit: unit, from: start, to: start + .seconds(600),
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

    @Test(arguments: Language.allCases)
    func subjectsAndLinesAreWorded(_ language: Language) {
        var chart = Self.chart([0.5, 0.6], unit: .ratio)
        chart.subject = .known(.memory)
        chart.series[0].name = .swap
        let svg = chart.svg(for: Samples.viewer(language), id: "c")
        #expect(svg.contains(language == .vietnamese ? ">Bộ nhớ đã dùng<" : ">Memory in use<"))
        #expect(svg.contains(language == .vietnamese ? "vùng tráo đổi: 60" : "swap: 60"))
    }

    @Test func theDrawingBeginsWithTheDataWithinBounds() {
        let now = Samples.now
        let starts = [nil, now, now - .seconds(180), now - .seconds(1200), now - .seconds(9999)].map {
            (now - ChartSpan.hour.start(firstSample: $0, now: now)).inSeconds
        }
        #expect(starts == [300, 300, 300, 1200, 3600])
    }

    @Test func thinnedPointsKeepMeanBoundsAndGaps() {
        let (start, end) = (Self.start, Self.start + .seconds(1000))
        let points = (0..<1000).filter { !(300..<500).contains($0) }.map {
            ChartPoint(start + .seconds($0), Double($0 % 10))
        }
        let thin = points.thinned(to: 100, from: start, until: end)
        #expect(thin.count == 80)
        #expect(thin.allSatisfy { $0.value == 4.5 && $0.low == 0 && $0.high == 9 })
        #expect(ChartSeries(name: "a", points: thin).points.count == 80)
        var chart = Self.chart([])
        chart.to = end
        chart.series[0].points = thin
        #expect(Self.line(chart).filter { $0 == "M" }.count == 2)
        #expect(points.thinned(to: 2000, from: start, until: end) == points)
    }

    @Test func roundingDoesNotAddUpAlongALine() {
        var chart = Self.chart([])
        chart.series[0].points = (0..<97).map { ChartPoint(Self.start + .seconds($0) * 6.25, Double($0) / 96) }
        let steps = Self.line(chart).matches(of: /l([0-9.]+)(-[0-9.]+)/)
        let width = steps.reduce(0) { $0 + (Double(String($1.1)) ?? 0) }
        #expect(steps.count == 96)
        #expect((width - 408).magnitude < 0.05)
    }

    @Test func manyLinesAreDrawnWithoutTheirBands() {
        var chart = Self.chart([1, 2, 3], band: true)
        chart.series = Array(repeating: chart.series[0], count: 4)
        #expect(!chart.svg(for: Samples.viewer(), id: "c").contains("class=\"band"))
    }

    @Test func theSheetForTheScriptKeepsGapsBandsAndWords() throws {
        var chart = Self.chart([1, nil, 3, 4], band: true)
        #expect(ChartSheet(chart, language: .english) == nil, "what only the page draws")
        chart.subject = .known(.memory)
        chart.series[0].name = .swap
        let sheet = try #require(ChartSheet(chart, language: .vietnamese))
        #expect(sheet.key == "memory" && sheet.unit == "seconds" && sheet.lines.map(\.name) == ["vùng tráo đổi"])
        let start = 1_680_674_400.0
        #expect(sheet.lines[0].runs == [[[start, 1, 0.5, 2]], [[start + 120, 3, 1.5, 6], [start + 180, 4, 2, 8]]])
        #expect(sheet.from == start && sheet.to == start + 600)
        chart.series = Array(repeating: chart.series[0], count: 4)
        #expect(ChartSheet(chart, language: .english)?.lines[0].runs[0][0].count == 2, "as on the drawing: no bands")
    }

    private static func line(_ chart: Chart) -> String {
        let svg = chart.svg(for: Samples.viewer(), id: "c")
        return svg.firstMatch(of: /<path class="line s0" d="([^"]*)"/).map { String($0.1) } ?? ""
    }
}
