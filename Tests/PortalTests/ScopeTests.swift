import API
import HTTPTypes
import SQLite
import Storage
import Testing
import Vocabulary

/// What a scope leaves of the stores.
@Suite struct ScopeTests {
    private let now = Instant(seconds: 1_700_000_000)

    private func stores() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        for unit in ["north", "south"] { try UnitStore(connection).put(.init(name: unit, title: unit)) }
        for (name, unit) in [("web-1", "north"), ("web-2", "south"), ("web-3", nil)] {
            let asset = try AssetStore(connection).addEnrolled(name: name, assetClass: "server", at: now)
            try connection.run("UPDATE asset SET unit = ? WHERE id = ?", unit, asset.id)
            try AgentStore(connection).add(id: "id-\(name)", assetID: asset.id, machine: Array(name.utf8), at: now)
            let check = CheckName(asset: name, part: "host")
            try CheckStore(connection).put(
                Check(name: check, kind: "host", target: "", interval: .seconds(10), timeout: .seconds(5)),
                assetID: asset.id, agent: "id-\(name)", at: now)
            let id = try #require(try CheckStore(connection).find(check)).id
            let series = try #require(try SeriesStore(connection).series(checkID: id, metric: Metric("x")))
            try SeriesStore(connection).append(series: series, time: now, value: 1)
        }
        return connection
    }

    private func seen(_ scope: Scope, in connection: Connection) throws -> [String] {
        let overview = try Overview(connection, scope: scope, at: Instant(seconds: 0))
        let names = overview.assets.map(\.asset.name)
        #expect(overview.agents.map(\.asset) == names)
        #expect(overview.assets.flatMap(\.checks).map(\.asset) == names)
        #expect(try AgentStore(connection).all(scope: scope).map(\.asset) == names)
        #expect(try ConditionStore(connection).statuses(scope: scope).map(\.asset) == names)
        for name in ["web-1", "web-2", "web-3"] {
            let isSeen = names.contains(name)
            #expect(try (AssetStore(connection).asset(named: name, scope: scope) != nil) == isSeen)
            let series = try SeriesStore(connection).latest(check: CheckName(asset: name, part: "host"), scope: scope)
            #expect(series.isEmpty != isSeen)
            if isSeen {
                #expect(try AssetStore(connection).require(name, scope: scope).name == name)
            } else {
                #expect(throws: Problem.self) { try AssetStore(connection).require(name, scope: scope) }
            }
        }
        return names
    }

    @Test func noUnitSeesNothing() throws {
        #expect(try seen(.units([]), in: stores()).isEmpty)
    }

    @Test func aUnitSeesItsOwn() throws {
        let connection = try stores()
        #expect(try seen(.units(["north"]), in: connection) == ["web-1"])
        #expect(try seen(.units(["north", "south", "west"]), in: connection) == ["web-1", "web-2"])
        #expect(try seen(.units(["nor", "NORTH", "' OR 1 = 1 --", "%"]), in: connection).isEmpty)
    }

    @Test func everythingIsEverything() throws {
        #expect(try seen(.everything, in: stores()) == ["web-1", "web-2", "web-3"])
    }

    @Test func anAssetOutOfSightLooksLikeNone() throws {
        let connection = try stores()
        let problems = ["web-2", "nobody"].map { name in
            #expect(throws: Problem.self) { try AssetStore(connection).require(name, scope: .units(["north"])) }
        }
        #expect(problems.map { $0?.status } == [.notFound, .notFound])
        #expect(problems[0]?.code == problems[1]?.code)
        #expect(problems[0]?.detail.replacing("web-2", with: "nobody") == problems[1]?.detail)
    }
}
