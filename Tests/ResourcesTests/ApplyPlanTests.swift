import Inventory
import Resources
import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct ApplyPlanTests {
    private let now = Instant(seconds: 1_700_000_000)

    /// In an order that no store would like: children before parents, assets before sites.
    static let province = """
        apiVersion: haidang/v1
        kind: Asset
        name: codec-xa-an-son
        class: codec
        site: xa-an-son
        unit: ubnd-xa-an-son
        via: [line-xa-an-son]
        book:
          title: "Thiết bị hội nghị: xã An Sơn"
          code: "0042"
          price: 120.000.000
          purchased: 01/05/2021
          note: 'yes'
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: line-xa-an-son
        class: line
        importance: core
        book: {carrier: VNPT, bandwidth: 100 Mbit/s}
        ---
        apiVersion: haidang/v1
        kind: Unit
        name: ubnd-xa-an-son
        title: UBND xã An Sơn
        level: commune
        parent: ubnd-thuan-an
        code: "25981"
        begins: 2020-01-01
        ---
        apiVersion: haidang/v1
        kind: Site
        name: xa-an-son
        title: Xã An Sơn
        units: [ubnd-xa-an-son]
        address: 1 đường số 2, khu phố 3
        latitude: 10.97
        longitude: 106.63
        contacts:
          - {name: Nguyễn Văn A, role: CNTT, phone: "0274 3 123 456", mail: a@example.vn}
        ---
        apiVersion: haidang/v1
        kind: Unit
        name: ubnd-thuan-an
        title: UBND thành phố Thuận An
        ---
        apiVersion: haidang/v1
        kind: Route
        name: on-duty
        match: {importance: [core]}
        language: en
        channel:
          mail: {server: "smtps://mail.example:465", from: h@example.vn, to: [a@example.vn], user: u, secret: s}
        """

    private func database() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        return connection
    }

    @discardableResult
    private func apply(_ text: String, to connection: Connection) throws -> ApplyPlan {
        try connection.apply(text, at: now)
    }

    private func export(_ connection: Connection) throws -> String {
        try ResourceWriter.yaml(try CurrentResources(connection).all)
    }

    @Test func whatIsExportedIsAppliedWithoutAChange() throws {
        let first = try database()
        #expect(try apply(Self.province, to: first).changes.allSatisfy { $0.action == .create })
        let exported = try export(first)
        #expect(try apply(exported, to: first).changes.allSatisfy { $0.action == .same }, "\(exported)")
        let second = try database()
        try apply(exported, to: second)
        #expect(try export(second) == exported)
        #expect(try CurrentResources(second).all == CurrentResources(first).all)
    }

    @Test func valuesAreKeptInTheirOwnForm() throws {
        let connection = try database()
        try apply(Self.province, to: connection)
        let id = try #require(try AssetStore(connection).id(named: "codec-xa-an-son"))
        let book = try BookStore(connection).book(assetID: id)
        #expect(book["price"] == "120000000" && book["purchased"] == "2021-05-01" && book["code"] == "0042")
        #expect(book["note"] == "yes")
        #expect(try LinkStore(connection).vias(assetID: id) == ["line-xa-an-son"])
        #expect(try UnitStore(connection).subtree(of: "ubnd-thuan-an") == ["ubnd-thuan-an", "ubnd-xa-an-son"])
        let site = try #require(try SiteStore(connection).site(named: "xa-an-son", scope: .units(["ubnd-xa-an-son"])))
        #expect(site.contacts.first?.phone == "0274 3 123 456")
        #expect(try SiteStore(connection).site(named: "xa-an-son", scope: .units(["ubnd-thuan-an"])) == nil)
        #expect(try SiteStore(connection).withoutAddress(scope: .everything) == ["xa-an-son"])
    }

    @Test func aChangeSaysWhatItWasAndBecame() throws {
        let connection = try database()
        try apply(Self.province, to: connection)
        let changed = Self.province.replacing("Mbit/s", with: "Gbit/s").replacing("importance: core\n", with: "")
        let plan = try apply(changed, to: connection)
        let changes = plan.changes.filter { $0.action != .same }
        #expect(changes.map(\.name) == ["line-xa-an-son"])
        #expect(changes.first?.fields == ["importance: core → normal", "bandwidth: 100 Mbit/s → 100 Gbit/s"])
        let lines = try AuditStore(connection).lines(limit: 1)
        #expect(lines.first?.action == "update-asset" && lines.first?.who == "an")
    }

    /// Each breaks one reference; the place and a word of the problem.
    @Test(arguments: [
        ("site: xa-an-son\n", "site: nowhere\n", 5, "there is no Site \"nowhere\""),
        ("unit: ubnd-xa-an-son\n", "unit: nobody\n", 6, "there is no Unit \"nobody\""),
        ("via: [line-xa-an-son]", "via: [nothing]", 7, "there is no Asset \"nothing\""),
        ("parent: ubnd-thuan-an", "parent: nobody", 27, "there is no Unit \"nobody\""),
        ("units: [ubnd-xa-an-son]", "units: [ubnd-xa-an-son, nobody]", 35, "there is no Unit \"nobody\""),
        ("via: [line-xa-an-son]", "via: [codec-xa-an-son]", 7, "codec-xa-an-son → codec-xa-an-son"),
        (
            "class: line\n", "class: line\nvia: [codec-xa-an-son]\n", 7,
            "codec-xa-an-son → line-xa-an-son → codec-xa-an-son"
        ),
        (
            "title: UBND thành phố Thuận An\n", "title: UBND thành phố Thuận An\nparent: ubnd-xa-an-son\n", 27,
            "ubnd-xa-an-son → ubnd-thuan-an → ubnd-xa-an-son"
        ),
    ])
    func aReferenceThatLeadsNowhereOrBackIsToldWithItsLine(good: String, bad: String, line: Int, words: String) throws {
        let connection = try database()
        let text = Self.province.replacing(good, with: bad)
        #expect(text != Self.province)
        let errors = #expect(throws: ResourceErrors.self) { try apply(text, to: connection) }
        #expect(
            errors?.errors.contains { $0.line == line && $0.problem.contains(words) && $0.file == "a.yaml" } == true,
            "\(errors?.description ?? "")")
        #expect(try CurrentResources(connection).all.isEmpty, "something of it was applied")
    }

    @Test func aCircleThroughWhatIsStoredIsFound() throws {
        let connection = try database()
        try apply(Self.province, to: connection)
        let text = "apiVersion: haidang/v1\nkind: Unit\nname: ubnd-thuan-an\ntitle: x\nparent: ubnd-xa-an-son\n"
        let errors = #expect(throws: ResourceErrors.self) { try apply(text, to: connection) }
        #expect(errors?.errors.map(\.line) == [5])
    }

    @Test func codesChangeHandsWithinOneFileAndAreNeverShared() throws {
        let asset = { (name: String, code: String) in
            "apiVersion: haidang/v1\nkind: Asset\nname: \(name)\nclass: server\nbook: {code: \"\(code)\"}\n"
        }
        let connection = try database()
        try apply([asset("a", "1"), asset("b", "2")].joined(separator: "---\n"), to: connection)
        try apply([asset("a", "2"), asset("b", "1")].joined(separator: "---\n"), to: connection)
        let errors = #expect(throws: ResourceErrors.self) { try apply(asset("c", "1"), to: connection) }
        #expect(errors?.description.contains("belongs to b already") == true)
    }

    @Test func longChainsAreWalkedInTime() throws {
        let units = (0..<5000).map { number in
            let parent = number == 0 ? "" : "parent: u\(number - 1)\n"
            return "apiVersion: haidang/v1\nkind: Unit\nname: u\(number)\n\(parent)"
        }
        let connection = try database()
        #expect(try apply(units.reversed().joined(separator: "---\n"), to: connection).changes.count == 5000)
        #expect(try UnitStore(connection).subtree(of: "u10").count == 4990)
    }
}
