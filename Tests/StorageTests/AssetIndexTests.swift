import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct AssetIndexTests {
    private let now = Instant(seconds: 1_700_000_000)

    private func stores() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        try connection.transaction {
            try UnitStore(connection).put(.init(name: "north", title: "Phía Bắc"))
            try UnitStore(connection).put(.init(name: "south", title: "Phía Nam"))
            try SiteStore(connection).put(.init(name: "hall", title: "Hội trường", units: ["north"]))
            for (name, unit, site) in [("a", "north", "hall"), ("b", "south", ""), ("c", "", "hall")] {
                let id = try AssetStore(connection).put(
                    name: name, assetClass: name == "b" ? "line" : "codec", address: "", url: "", unit: unit,
                    site: site, importance: .normal, at: now)
                if name != "c" {
                    try BookStore(connection).put(
                        ["title": "Máy \(name)", "code": "C-\(name)", "price": "12", "note": "không tìm"], assetID: id)
                }
            }
        }
        return connection
    }

    @Test func filtersNarrowAndScopesHide() throws {
        let index = AssetIndex(try stores())
        let found = { (filter: AssetIndex.Filter, scope: Scope) in
            try index.entries(filter, scope: scope, withWords: false).map(\.name)
        }
        #expect(try found(.init(), .everything) == ["a", "b", "c"])
        #expect(try found(.init(assetClass: "codec"), .everything) == ["a", "c"])
        #expect(try found(.init(units: ["north", "south"]), .everything) == ["a", "b"])
        #expect(try found(.init(units: []), .everything) == [])
        #expect(try found(.init(site: "hall"), .everything) == ["a", "c"])
        #expect(try found(.init(assetClass: "codec", units: ["north"], site: "hall"), .everything) == ["a"])
        #expect(try found(.init(site: "hall"), .units(["north"])) == ["a"])
        #expect(try found(.init(units: ["south"]), .units(["north"])) == [])
        #expect(try index.classes(scope: .everything) == ["codec": 2, "line": 1])
        #expect(try index.classes(scope: .units(["south"])) == ["line": 1])
    }

    @Test func aSearchSeesTheBookAndTheTitlesOfItsPlaces() throws {
        let entries = try AssetIndex(try stores()).entries(.init(), scope: .everything, withWords: true)
        for word in ["a", "codec", "Phía Bắc", "Hội trường", "Máy a", "C-a"] {
            #expect(entries[0].words.contains(word))
        }
        #expect(!entries[0].words.contains("không tìm"))
        #expect(entries.map(\.price) == [12, 12, nil])
    }

    @Test func whatWasTakenOutIsNotFound() throws {
        let connection = try stores()
        let index = AssetIndex(connection)
        let first = try #require(try index.entries(.init(), scope: .everything, withWords: false).first)
        try AssetStore(connection).remove(first.id, at: now)
        #expect(try index.entries(.init(), scope: .everything, withWords: true).map(\.name) == ["b", "c"])
        #expect(try index.classes(scope: .everything) == ["codec": 1, "line": 1])
    }

    @Test func absurdPricesTakeNoTotalAway() throws {
        let connection = try stores()
        let ids = try AssetIndex(connection).entries(.init(), scope: .everything, withWords: false).map(\.id)
        for id in ids { try BookStore(connection).put(["price": String(Int64.max)], assetID: id) }
        let totals = try BookStore(connection).totals(scope: .everything)
        #expect(totals.map(\.assets).reduce(0, +) == 3)
        #expect(totals.allSatisfy { $0.price >= 9_000_000_000_000_000_000 })
    }

    @Test func codesComeForTheRowsThatAreAsked() throws {
        let index = AssetIndex(try stores())
        let ids = try index.entries(.init(), scope: .everything, withWords: false).map(\.id)
        #expect(try index.codes(of: ids) == [ids[0]: "C-a", ids[1]: "C-b"])
        #expect(try index.codes(of: []) == [:])
    }
}
