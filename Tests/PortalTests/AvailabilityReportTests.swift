import API
import Curl
import Detection
import Foundation
import Intake
import SQLite
import Storage
import Testing
import Vocabulary
import Wire

/// A month's report, from what agents reported through the engine to the page.
@Suite struct AvailabilityReportTests {
    private let month = Month("2026-11")

    /// One site with a codec and a router, another asset elsewhere; the month begins at second 0.
    private func province() throws -> (connection: Connection, at: (Int64) -> Instant) {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let start = try #require(month).period.lowerBound
        let at = { (second: Int64) in start + .seconds(second) }
        let units = UnitStore(connection)
        try units.put(.init(name: "tinh", title: "UBND tỉnh"))
        try units.put(.init(name: "xa", title: "UBND xã", parent: "tinh"))
        try SiteStore(connection).put(.init(name: "hall", title: "Hội trường", units: ["xa"]))
        let machine = try AssetStore(connection).addEnrolled(name: "vm", assetClass: "server", at: at(0))
        try AgentStore(connection).add(id: "a1", assetID: machine.id, machine: [1], at: at(0))
        for (name, assetClass, unit, site) in [
            ("codec", "codec", "xa", "hall"), ("router", "router", "tinh", "hall"), ("portal", "service", "", ""),
        ] {
            let id = try AssetStore(connection).put(
                name: name, assetClass: assetClass, address: "10.0.0.1", url: "", unit: unit, site: site,
                importance: .normal, at: at(0))
            try CheckStore(connection).put(
                Check(
                    name: CheckName(asset: name, part: "icmp"), kind: "icmp", target: "10.0.0.1",
                    interval: .seconds(10), timeout: .seconds(1)), assetID: id, agent: "a1", at: at(0))
        }
        return (connection, at)
    }

    private func change(_ asset: String, _ outcome: Outcome, _ since: Instant) -> StateChange {
        StateChange(
            check: CheckName(asset: asset, part: "icmp"), outcome: outcome, since: since,
            confirmed: since + .seconds(2), runs: 8)
    }

    private func report(
        _ connection: Connection, by grouping: AvailabilityReport.Grouping, at now: Instant,
        scope: Scope = .everything
    ) throws -> AvailabilityReport {
        try AvailabilityReport(connection, try #require(month), by: grouping, scope: scope, at: now)
    }

    @Test func aMonthIsReportedByAssetSiteUnitAndClass() throws {
        let (connection, at) = try province()
        var engine = Engine()
        let gone = Outcome.down(Reason("no-reply"))
        _ = try engine.apply(
            Report(
                sealed: at(50_000),
                states: [
                    change("codec", .up, at(0)), change("codec", gone, at(10_000)), change("codec", .up, at(11_000)),
                    change("router", .up, at(100)), change("router", gone, at(20_000)),
                    change("router", .up, at(20_500)),
                ]), of: "a1", received: at(50_000), in: connection)
        try MaintenanceStore(connection).put(
            Maintenance(name: "work", times: .once(at(20_200)..<at(30_000)), targets: [.site("hall")]))
        let end = try #require(month).period.upperBound
        let length = Int64((end - at(0)).inSeconds)
        let assets = try report(connection, by: .asset, at: end)
        #expect(assets.isWhole && assets.rows.map(\.name) == ["codec", "portal", "router"])
        let codec = assets.rows[0].availability
        #expect(codec[.down] == .seconds(1000) && codec[.maintenance] == .seconds(9800))
        #expect(codec[.up] == .seconds(length - 1000 - 9800) && codec.total == .seconds(length))
        #expect(assets.rows[1].availability[.unknown] == .seconds(length), "never answered, and wanted")
        let router = assets.rows[2].availability
        #expect(router[.down] == .seconds(200) && router[.unknown] == .seconds(100))
        let sites = try report(connection, by: .site, at: end).rows
        #expect(sites.map(\.name) == ["hall"] && sites[0].title == "Hội trường" && sites[0].assets == 2)
        #expect(sites[0].availability[.down] == .seconds(1200) && sites[0].availability.total == .seconds(length))
        let units = try report(connection, by: .unit, at: end).rows
        #expect(units.map(\.name) == ["tinh", "xa"] && units.map(\.assets) == [2, 1])
        #expect(units[0].availability == codec + router && units[1].availability == codec)
        #expect(try report(connection, by: .class, at: end).rows.map(\.name) == ["codec", "router", "service"])
        #expect(assets.total.assets == 3 && assets.total.availability.total == .seconds(length * 3))
        let seen = try report(connection, by: .unit, at: end, scope: .units(["xa"]))
        #expect(seen.rows.map(\.name) == ["xa"] && seen.total.assets == 1)
    }

    /// A report that is printed while an agent is silent says unknown; once its spool has arrived it says what was, and
    /// that it was revised. It says the same when single runs are no longer kept.
    @Test func lateDataCorrectsTheMonthAndTheRevisionIsShown() throws {
        let (connection, at) = try province()
        var engine = Engine()
        let (agents, watch) = (AgentStore(connection), SilenceWatch(started: at(0)))
        let runs = { (seconds: StrideTo<Int64>) in
            seconds.map {
                Observation(
                    check: CheckName(asset: "codec", part: "icmp"), time: at($0), duration: .milliseconds(9),
                    outcome: .up, readings: [])
            }
        }
        _ = try engine.apply(
            Report(
                sealed: at(6000), observations: runs(stride(from: 0, to: 6000, by: 10)),
                states: [change("codec", .up, at(0))]),
            of: "a1", received: at(6000), in: connection)
        try agents.wasSeen("a1", at: at(6000), clockOffset: .zero, presence: [])
        try engine.pass(to: at(6021), silence: watch, in: connection)
        let during = try #require(try report(connection, by: .asset, at: at(9000)).rows.first { $0.name == "codec" })
        #expect(during.availability[.unknown] == .seconds(3000) && during.availability.revised == .zero)
        // It came back after an hour, had measured for half of it, and had seen a cut of five minutes.
        try agents.wasSeen("a1", at: at(9600), clockOffset: .zero, presence: [])
        try engine.pass(to: at(9601), silence: watch, in: connection)
        _ = try engine.apply(
            Report(
                sealed: at(9600), observations: runs(stride(from: 6000, to: 7800, by: 10)),
                states: [change("codec", .down(Reason("no-reply")), at(6300)), change("codec", .up, at(6600))]),
            of: "a1", received: at(9602), in: connection)
        _ = try engine.apply(
            Report(sealed: at(12_000), observations: runs(stride(from: 9601, to: 12_000, by: 10))), of: "a1",
            received: at(12_000), in: connection)
        let after = try #require(try report(connection, by: .asset, at: at(12_000)).rows.first { $0.name == "codec" })
        // A run speaks for its ten seconds, so a second more counts as measured.
        #expect(after.availability[.down] == .seconds(300) && after.availability[.unknown] == .seconds(1800))
        #expect(after.availability[.up] == .seconds(12_000 - 300 - 1800))
        #expect(after.availability.revised == .seconds(1801))
        try connection.run("DELETE FROM sample")
        let later = try report(connection, by: .asset, at: at(12_000)).rows.first { $0.name == "codec" }
        #expect(later == after)
    }

    @Test func aCheckThatCameAndWentIsWatchedOnlyThen() throws {
        let (connection, at) = try province()
        try CheckStore(connection).remove(CheckName(asset: "portal", part: "icmp"), at: at(5000))
        let row = try #require(try report(connection, by: .asset, at: at(8000)).rows.first { $0.name == "portal" })
        #expect(row.availability[.unknown] == .seconds(5000) && row.availability[.unwatched] == .seconds(3000))
        #expect(row.availability.ratio == nil)
        #expect(try report(connection, by: .asset, at: at(-5)).rows.isEmpty)
        #expect(try report(connection, by: .asset, at: at(-5)).period == nil)
    }

    @Test func programsAndPeopleGetTheSameReport() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("=web-1")
            site.clock.advance(by: .seconds(60))
            let lan = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let answer = try await site.send("GET", "/api/v1/availability?by=class", headers: lan)
            #expect(
                answer.status == 200 && answer.text.contains("\"name\":\"server\"")
                    && answer.text.contains("\"unknown\":"))
            let sheet = try await site.send("GET", "/api/v1/availability.csv", headers: lan)
            #expect(sheet.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(sheet.text.contains("month,asset,title,assets,available_percent,up_seconds,degraded_seconds"))
            #expect(sheet.text.contains(",'=web-1,"), "no formula for a spreadsheet to run")
            for (query, code) in [("month=2026-13", "bad-month"), ("month=x", "bad-month"), ("by=colour", "bad-by")] {
                let refused = try await site.send("GET", "/api/v1/availability?\(query)", headers: lan)
                #expect(refused.status == 400 && refused.text.contains(code))
            }
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            #expect(try await browser.get("/availability?by=class").text.contains("class=\"sums\""))
            #expect(try await browser.get("/availability.csv").text == sheet.text)
            #expect(try await browser.get("/availability?month=2020-01").status == 200)
        }
    }

    @Test func percentsAreRoundedDown() {
        #expect(AvailabilityTable.percent(1) == "100.000" && AvailabilityTable.percent(0.999_999_9) == "99.999")
        #expect(AvailabilityTable.percent(0.05) == "5.000" && AvailabilityTable.percent(0) == "0.000")
    }
}
