import Curl
import Foundation
import ProbeKit
import ProbeSettings
import PrometheusProbe
import PrometheusSettings
import TestSupport
import Testing
import Vocabulary

/// Pages read, series chosen, bounds kept or not.
@Suite struct PrometheusTests {
    private func verdict(
        _ page: String, _ settings: [String: String], broken: Set<PrometheusSettings.Bound> = []
    ) throws -> PrometheusVerdict {
        var verdict = PrometheusVerdict(try PrometheusSettings(settings), broken: broken)
        try verdict.read(Array(page.utf8))
        return verdict
    }

    private static let page = """
        # HELP node_load1 1m load average.
        # TYPE node_load1 gauge
        node_load1 0.5
        windows_service_state{name="spooler",state="running"} 1 1700000000000
        windows_service_state{name="w32time",state="running"} 0
        odd{path="C:\\\\x\\"y\\nz",} 1.5e3
        pg_lag NaN
        pg_age +Inf
        up{a="1"} 3 # {trace_id="x"} 0.5
        # EOF

        """

    @Test func whatIsWantedIsKeptWithItsLabelsInOrder() throws {
        let verdict = try verdict(Self.page, ["metrics": "node_load1, windows_*{state=\"running\"} odd up pg_*"])
        #expect(
            verdict.readings.map { "\($0.metric.text) \($0.value)" } == [
                "prometheus_samples 7.0", "node_load1 0.5",
                "windows_service_state{name=\"spooler\",state=\"running\"} 1.0",
                "windows_service_state{name=\"w32time\",state=\"running\"} 0.0",
                "odd{path=\"C:\\\\x\\\"y\\nz\"} 1500.0", "up{a=\"1\"} 3.0",
            ])
        #expect(verdict.outcome == .up)
    }

    @Test(arguments: [
        (["above.node_load1": "0.4"], "too-high", "node_load1", "a value of at most 0.4", "0.5"),
        (
            ["below.windows_service_state{state=\"running\"}": "1"], "too-low",
            "windows_service_state{name=\"w32time\",state=\"running\"}", "a value of at least 1", "0"
        ),
        (["metrics": "gone"], "metric-missing", "gone", "a series of that name", "none"),
        (["metrics": "windows_*", "series": "1"], "too-many-series", "read", "at most 1 series", "2 series"),
    ])
    func whatIsNotAsItShouldIsNamed(
        settings: [String: String], code: String, step: String, expected: String, got: String
    ) throws {
        #expect(
            try verdict(Self.page, settings).outcome
                == .degraded(Reason(code, step: step, expected: expected, got: got)))
    }

    @Test func aBoundIsLeftOnlyWellWithin() throws {
        let settings = ["above.x": "100"]
        let bounds = Set(try PrometheusSettings(settings).bounds)
        for (value, before, isBroken) in [(100, false, false), (101, false, true), (97, true, true), (95, true, false)]
        {
            let verdict = try verdict("x \(value)\n", settings, broken: before ? bounds : [])
            #expect((verdict.outcome != .up) == isBroken && verdict.brokenBounds.isEmpty == !isBroken, "\(value)")
        }
    }

    @Test(arguments: [
        ("<html>\n", "line 1: no metric's name"), ("ok 1\nx{a=1} 2\n", "line 2: a label without a value"),
        ("x{a=\"1\n", "line 1: a label's value without an end"), ("x{a=\"1\"", "line 1: labels without an end"),
        ("x\n", "line 1: no value"), ("x 0x10\n", "line 1: no value"), ("x one\n", "line 1: no value"),
    ])
    func whatIsNoPageIsSaidWithItsLine(page: String, problem: String) throws {
        let fault = #expect(throws: ExpositionReader.Fault.self) { try verdict(page, ["metrics": "*"]) }
        #expect(fault?.description == problem)
    }

    @Test(arguments: [
        (["metrics": "1{"], "metrics"), (["metrics": "x{a}"], "metrics"), (["above.x": "many"], "above.x"),
        (["metrics": "x{a=\"b\"c}"], "metrics"), (["series": "0"], "series"), (["below.x y": "1"], "below.x y"),
    ])
    func whatCannotBeIsSaid(settings: [String: String], key: String) throws {
        let error = #expect(throws: SettingsError.self) { try PrometheusSettings(settings) }
        #expect(error?.key == key)
    }

    @Test func targetsAreURLsWithoutASecret() throws {
        try PrometheusSettings.validate(target: "http://db-1:9187/metrics?collect=a")
        for target in ["db-1:9187", "ftp://db-1/", "http:///metrics", "https://me:secret@db-1/"] {
            #expect(throws: SettingsError.self) { try PrometheusSettings.validate(target: target) }
        }
    }

    @Test func spoiltPagesNeverTrap() throws {
        let page = Array(Self.page.utf8)
        var seed: UInt64 = 7
        for round in 0..<5000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var spoilt = page
            let place = Int(seed >> 33) % spoilt.count
            if round.isMultiple(of: 2) {
                spoilt.removeSubrange(place...)
            } else {
                spoilt[place] = UInt8(seed >> 24 & 0xff)
            }
            var verdict = PrometheusVerdict(try PrometheusSettings(["metrics": "*"]), broken: [])
            do throws(ExpositionReader.Fault) {
                try verdict.read(spoilt, isCut: round.isMultiple(of: 3))
            } catch {
                #expect(error.line <= 12)
            }
        }
    }

    @Test func aPageIsFetchedWithItsToken() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.page, to: "metrics")
        let nginx = try Nginx(in: folder, "if ($http_authorization != \"Bearer let-me-in\") { return 401; }")
        let engine = CurlEngine()
        for (token, outcome) in [
            ("let-me-in", Outcome.up),
            ("wrong", .unknown(Reason("login-refused", step: "login", expected: "to be let in", got: "HTTP 401"))),
        ] {
            let probe = PrometheusProbe(engine: engine) { _ in .success([token]) }
            let answer = await probe.measure(
                "http://127.0.0.1:\(nginx.port)/metrics",
                settings: try PrometheusSettings(["metrics": "node_load1", "secret": "x"]), until: .now + .seconds(20))
            #expect(answer.outcome == outcome && answer.trace.allSatisfy { !$0.contains(token) })
            #expect(answer.readings.contains(Reading(Metric("node_load1"), 0.5)) == (outcome == .up))
        }
        // Whether what is wanted stands before the cut or would stand behind it.
        for metrics in ["node_load1", "node_load1 what_comes_last"] {
            let cut = await PrometheusProbe(engine: engine) { _ in .success(["let-me-in"]) }.measure(
                "http://127.0.0.1:\(nginx.port)/metrics",
                settings: try PrometheusSettings(["metrics": metrics, "secret": "x", "body.limit": "100"]),
                until: .now + .seconds(20))
            let stopped = "more; reading stopped there"
            let reason = Reason("too-large", step: "body", expected: "at most 100 bytes", got: stopped)
            #expect(cut.outcome == .degraded(reason), "\(metrics)")
        }
    }
}
