import Detection
import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct ExemptionStoreTests {
    private let now = Instant(seconds: 1_795_000_000)

    private func database() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let units = UnitStore(connection)
        for (name, parent) in [("province", ""), ("an-binh", "province"), ("an-son", "province")] {
            try units.put(.init(name: name, title: name, parent: parent))
        }
        try SiteStore(connection).put(.init(name: "hall", title: "hall", units: ["an-binh"]))
        try HoursStore(connection).put(
            Hours(
                name: "office", title: "Giờ hành chính",
                times: Timetable(
                    rules: [try DayRule("mon-fri 07:00-17:00")],
                    exceptions: try Hours.exception("2026-11-26..2026-11-28 closed"))))
        let assets = AssetStore(connection)
        for (name, unit, site, hours) in [
            ("codec", "an-binh", "hall", "office"), ("router", "an-son", "", ""), ("portal", "province", "", ""),
        ] {
            _ = try assets.put(
                name: name, assetClass: name == "codec" ? "codec" : "router", address: "", url: "", unit: unit,
                site: site, importance: .normal, hours: hours, at: now)
        }
        return connection
    }

    private func put(_ name: String, _ targets: Maintenance.Target..., in connection: Connection) throws {
        try MaintenanceStore(connection).put(
            Maintenance(
                name: name, times: .once(now - .seconds(60)..<now + .seconds(3600)), targets: targets,
                reason: "dây mới",
                who: "an"))
    }

    @Test func whatIsPutIsReadBack() throws {
        let connection = try database()
        let maintenance = Maintenance(
            name: "m",
            times: .recurring(
                [try DayRule("last sun 01:00-03:00"), try DayRule("daily 12:00-12:30")], from: nil, until: now),
            targets: [.assetClass("codec"), .site("hall"), .asset("router"), .unit("province")], reason: "r", who: "w")
        try MaintenanceStore(connection).put(maintenance)
        #expect(try MaintenanceStore(connection).all(scope: .everything) == [maintenance])
        let hours = try #require(try HoursStore(connection).all().first)
        #expect(hours.title == "Giờ hành chính" && hours.times.exceptions.count == 3)
        try HoursStore(connection).put(hours)
        #expect(try HoursStore(connection).all() == [hours])
    }

    @Test func oneQuestionTellsWhoIsExemptAndUntilWhen() throws {
        let connection = try database()
        try put("below", .unit("province"), in: connection)
        let ids = try AssetStore(connection).all(scope: .everything).reduce(into: [:]) { $0[$1.name] = $1.id }
        // Within a closed day: the office opens again on Monday.
        let thursday = try #require(LocalTime.instant("2026-11-26 10:00"))
        let exempt = try ExemptionStore(connection).exemptions(at: thursday, scope: .everything)
        #expect(exempt.outsideHours.keys.map { $0 } == [ids["codec"]])
        #expect(exempt.outsideHours.values.first?.until == LocalTime.instant("2026-11-30 07:00"))
        let during = try ExemptionStore(connection).exemptions(at: now, scope: .everything)
        #expect(Set(during.maintenance.keys) == Set(ids.values), "a unit with everything below it")
        #expect(during.maintenance.values.allSatisfy { $0 == .init(name: "below", until: now + .seconds(3600)) })
        let seen = try ExemptionStore(connection).exemptions(at: now, scope: .units(["an-son"]))
        #expect(seen.maintenance.keys.map { $0 } == [ids["router"]])
    }

    /// Somebody sees the work that touches what they may see, and nothing of what else it is for.
    @Test func aScopeSeesWhatTouchesItAndNoOtherNames() throws {
        let connection = try database()
        try put("above", .unit("province"), in: connection)
        try put("both", .unit("an-son"), .site("hall"), in: connection)
        try put("others", .asset("router"), in: connection)
        try put("class", .assetClass("codec"), .asset("portal"), in: connection)
        let seen = try MaintenanceStore(connection).all(scope: .units(["an-binh"]))
        #expect(seen.map(\.name) == ["above", "both", "class"])
        #expect(seen.map(\.targets) == [[], [.site("hall")], [.assetClass("codec")]])
        #expect(try MaintenanceStore(connection).all(scope: .units([])).isEmpty)
    }

    @Test func whatIsTakenOutTakesItsWorkAlong() throws {
        let connection = try database()
        try put("one", .asset("router"), in: connection)
        try put("two", .asset("router"), .site("hall"), in: connection)
        let id = try #require(try AssetStore(connection).id(named: "router"))
        let store = MaintenanceStore(connection)
        try connection.transaction {
            try store.forget(assetID: id)
            try store.removeAimless()
        }
        #expect(try store.all(scope: .everything).map(\.targets) == [[.site("hall")]])
        #expect(throws: (any Error).self) {
            try connection.transaction { try HoursStore(connection).remove("office") }
        }
    }
}
