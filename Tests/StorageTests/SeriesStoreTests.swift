import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct SeriesStoreTests {
    private func emptyStore() throws -> (Connection, SeriesStore, series: Int64) {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let asset = try AssetStore(connection).addEnrolled(name: "web-1", assetClass: "server", at: Instant(seconds: 0))
        try AgentStore(connection).add(id: "a1", assetID: asset.id, machine: [1], at: Instant(seconds: 0))
        let check = Check(
            name: CheckName(asset: "web-1", part: "tcp-22"), kind: "tcp", target: "127.0.0.1:22", interval: .seconds(1),
            timeout: .seconds(1))
        try CheckStore(connection).put(check, assetID: asset.id, agent: "a1", at: Instant(seconds: 0))
        let store = SeriesStore(connection)
        let id = try #require(try CheckStore(connection).find(check.name)?.id)
        let series = try #require(try store.series(checkID: id, metric: Metric("probe_duration_seconds")))
        return (connection, store, series)
    }

    @Test func bothTiersHoldTheSame() throws {
        let (_, store, series) = try emptyStore()
        for second in 0..<600 as Range<Int64> {
            try store.append(series: series, time: Instant(seconds: second), value: Double(second))
        }
        let raw = try store.points(series: series, from: Instant(seconds: 10), to: Instant(seconds: 13), tier: .raw)
        #expect(raw.map(\.mean) == [10, 11, 12])
        let averages = try store.points(
            series: series, from: Instant(seconds: 0), to: Instant(seconds: 600), tier: .averages)
        #expect(averages.map(\.count) == [300, 300])
        #expect(averages.map(\.lowest) == [0, 300] && averages.map(\.highest) == [299, 599])
        #expect(averages.map(\.mean) == [149.5, 449.5])
    }

    @Test func aSampleThatComesTwiceCountsOnce() throws {
        let (_, store, series) = try emptyStore()
        for _ in 0..<2 { try store.append(series: series, time: Instant(seconds: 1), value: 4) }
        try store.append(series: series, time: Instant(seconds: 2), value: .nan)
        let averages = try store.points(
            series: series, from: Instant(seconds: 0), to: Instant(seconds: 9), tier: .averages)
        #expect(averages.map(\.count) == [1])
    }

    @Test func eachTierExpiresAtItsTime() throws {
        let (_, store, series) = try emptyStore()
        let day: Int64 = 86_400
        for age in [0, 13, 15, 364, 366] as [Int64] {
            try store.append(series: series, time: Instant(seconds: (400 - age) * day), value: 1)
        }
        let now = Instant(seconds: 400 * day)
        #expect(try store.expire(.init(), now: now, limit: 2) == 2)
        #expect(try store.expire(.init(), now: now, limit: 100) == 2)
        #expect(
            try store.points(series: series, from: Instant(seconds: 0), to: now + .seconds(1), tier: .raw).count == 2)
        #expect(
            try store.points(series: series, from: Instant(seconds: 0), to: now + .seconds(1), tier: .averages).count
                == 4)
    }

    @Test func aScopeWithoutTheUnitSeesNothing() throws {
        let (_, store, _) = try emptyStore()
        let name = CheckName(asset: "web-1", part: "tcp-22")
        #expect(try store.metrics(check: name, scope: .everything).count == 1)
        #expect(try store.metrics(check: name, scope: .units(["other"])).isEmpty)
        #expect(try store.metrics(check: name, scope: .units([])).isEmpty)
    }
}
