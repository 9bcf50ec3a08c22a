import Detection
import Testing
import Vocabulary

@Suite struct ExemptionsTests {
    private func at(_ text: String) throws -> Instant { try #require(LocalTime.instant(text)) }

    private func once(_ name: String, _ from: String, _ until: String, _ targets: Maintenance.Target...) throws
        -> Maintenance
    {
        Maintenance(name: name, times: .once(try at(from)..<at(until)), targets: targets)
    }

    private let assets = [
        Exemptions.Asset(
            id: 1,
            thing: .init(asset: "codec-1", assetClass: "codec", site: "an-binh", units: ["commune", "district"]),
            hours: "meetings"),
        .init(id: 2, thing: .init(asset: "router-1", assetClass: "router", site: "an-binh"), hours: nil),
        .init(id: 3, thing: .init(asset: "portal", assetClass: "service", units: ["province"]), hours: nil),
    ]

    @Test func eachTargetCoversItsOwn() throws {
        let covers = { (target: Maintenance.Target) -> [Int64] in
            let maintenance = Maintenance(
                name: "work", times: .recurring([], from: nil, until: nil), targets: [target])
            return assets.filter { maintenance.covers($0.thing) }.map(\.id)
        }
        #expect(covers(.site("an-binh")) == [1, 2])
        #expect(covers(.unit("district")) == [1], "a unit with what is below it")
        #expect(covers(.unit("province")) == [3])
        #expect(covers(.asset("portal")) == [3])
        #expect(covers(.assetClass("router")) == [2])
    }

    @Test func itSaysWhoIsExemptByWhatUntilWhenAndWhenThatChanges() throws {
        let hours = Hours(name: "meetings", times: Timetable(rules: [try DayRule("mon-fri 07:00-17:00")]))
        let maintenances = [
            try once("short", "2026-11-26 21:00", "2026-11-26 22:00", .site("an-binh")),
            try once("long", "2026-11-26 20:00", "2026-11-27 02:00", .assetClass("codec")),
            try once("later", "2026-11-26 21:45", "2026-11-27 02:00", .asset("portal")),
            try once("over", "2026-11-25 21:45", "2026-11-25 22:00", .asset("portal")),
        ]
        let exempt = Exemptions(
            assets: assets, hours: [hours], maintenances: maintenances, at: try at("2026-11-26 21:30"))
        #expect(
            exempt.maintenance == [
                1: .init(name: "long", until: try at("2026-11-27 02:00")),
                2: .init(name: "short", until: try at("2026-11-26 22:00")),
            ], "of two the one that lasts longest")
        #expect(exempt.outsideHours == [1: .init(name: "meetings", until: try at("2026-11-27 07:00"))])
        #expect(exempt.nextChange == (try at("2026-11-26 21:45")))
    }

    @Test func withoutCalendarsNobodyIsExemptAndNothingChanges() throws {
        let exempt = Exemptions(assets: assets, hours: [], maintenances: [], at: try at("2026-11-26 21:30"))
        #expect(exempt.maintenance.isEmpty && exempt.outsideHours.isEmpty && exempt.nextChange == nil)
    }
}
