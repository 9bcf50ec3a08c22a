import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct PathStoreTests {
    private let now = Instant(seconds: 1_700_000_000)
    private let connection: Connection
    private let asset: Int64
    private let check: Int64

    init() throws {
        connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        asset = try AssetStore(connection).addEnrolled(name: "web-1", assetClass: "server", at: now).id
        try AgentStore(connection).add(id: "id-web-1", assetID: asset, machine: [1], at: now)
        let name = CheckName(asset: "web-1", part: "icmp")
        try CheckStore(connection).put(
            Check(name: name, kind: "icmp", target: "192.0.2.7", interval: .seconds(1), timeout: .seconds(1)),
            assetID: asset, agent: "id-web-1", at: now)
        check = try #require(try CheckStore(connection).find(name)).id
    }

    private func path(_ seconds: Int64, _ end: Path.End = .reached, hops: [Path.Hop] = []) -> Path {
        Path(
            check: CheckName(asset: "web-1", part: "icmp"), seen: now + .seconds(seconds), occasion: .trouble,
            hops: hops,
            end: end, detail: end == .refused ? "prohibited" : "")
    }

    @Test func aPathComesBackAsItWentIn() throws {
        let whole = path(
            1, .refused,
            hops: [
                .init(address: "10.0.0.1", roundTrip: .microseconds(310)), .init(address: "", roundTrip: nil),
                .init(address: "fe80::1%eth0", roundTrip: .microseconds(5)),
            ])
        let store = PathStore(connection)
        try store.add(whole, checkID: check)
        try store.add(path(0), checkID: check)
        // The same moment again is the same path again.
        try store.add(path(1), checkID: check)
        #expect(try store.paths(assetID: asset) == [whole, path(0)])
    }

    @Test func theNewestAreKeptAndTheLastThatReached() throws {
        let store = PathStore(connection)
        for second in Int64(0)..<70 { try store.add(path(second, second < 3 ? .reached : .silent), checkID: check) }
        let kept = try store.paths(assetID: asset)
        #expect(kept.count == PathStore.keptPerCheck + 1)
        #expect(kept.first == path(69, .silent) && kept.last == path(2))
    }

    @Test func ofARemovedCheckNothingIsShown() throws {
        try PathStore(connection).add(path(0), checkID: check)
        try CheckStore(connection).remove(CheckName(asset: "web-1", part: "icmp"), at: now)
        #expect(try PathStore(connection).paths(assetID: asset).isEmpty)
    }
}
