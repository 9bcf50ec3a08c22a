import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct FindingStoreTests {
    private let now = Instant(seconds: 1_700_000_000)
    private let connection: Connection
    private let web: Int64
    private let mail: Int64

    init() throws {
        connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        web = try AssetStore(connection).addEnrolled(name: "web-1", assetClass: "server", at: now).id
        mail = try AssetStore(connection).addEnrolled(name: "mail-1", assetClass: "server", at: now).id
        try UnitStore(connection).put(.init(name: "north", title: "North", parent: ""))
        try connection.run("UPDATE asset SET unit = 'north' WHERE id = ?", web)
    }

    private func finding(
        _ rule: String = "sign-in-guessing", severity: Severity = .medium, subject: String = "ssh 192.0.2.7",
        last: Int64 = 0, count: Int = 5
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, subject: subject, firstSeen: now, lastSeen: now + .seconds(last),
            count: count, evidence: [.init("failures", "\(count)"), .init("source", "192.0.2.7")])
    }

    @Test func takingTheSameAgainChangesNothing() throws {
        let store = FindingStore(connection)
        #expect(try store.take(finding(), assetID: web, received: now) != nil)
        #expect(try store.take(finding(), assetID: web, received: now + .seconds(9)) == nil)
        #expect(try store.take(finding(), assetID: mail, received: now) != nil)
        let listed = try store.list(.init(asset: "web-1"), scope: .everything, limit: 9)
        #expect(listed.count == 1 && listed.first?.finding == finding() && listed.first?.received == now)
    }

    @Test func anUpdateTakesItsPlaceAndAnOvertakenOneDoesNot() throws {
        let store = FindingStore(connection)
        _ = try store.take(finding(), assetID: web, received: now)
        #expect(try store.take(finding(last: 60, count: 40), assetID: web, received: now) == nil)
        #expect(try store.take(finding(last: 30, count: 20), assetID: web, received: now) == nil)
        let listed = try store.list(scope: .everything, limit: 9)
        #expect(listed.map(\.finding) == [finding(last: 60, count: 40)])
    }

    @Test func closingAndAcknowledgingCountOnce() throws {
        let store = FindingStore(connection)
        let id = try #require(try store.take(finding(severity: .high), assetID: web, received: now))
        #expect(try store.urgent().map(\.id) == [id])
        try store.acknowledge(id, .init(at: now, by: "lan"))
        try store.acknowledge(id, .init(at: now + .seconds(5), by: "mai"))
        #expect(try store.urgent().first?.acknowledged == .init(at: now, by: "lan"))
        try store.close(id, .init(at: now, by: "mai"))
        try store.close(id, .init(at: now, by: "lan"))
        #expect(try store.find(id, scope: .everything)?.closed?.by == "mai")
        #expect(try store.urgent().isEmpty)
        #expect(try store.list(.init(isOpen: true), scope: .everything, limit: 9).isEmpty)
        #expect(try store.list(.init(isOpen: false), scope: .everything, limit: 9).count == 1)
        // What is closed stays closed when the agent says it once more, and is updated all the same.
        _ = try store.take(finding(severity: .high, last: 9, count: 9), assetID: web, received: now)
        #expect(try store.find(id, scope: .everything)?.finding.count == 9)
        #expect(try store.list(.init(isOpen: true), scope: .everything, limit: 9).isEmpty)
    }

    @Test func filtersAndScopeNarrow() throws {
        let store = FindingStore(connection)
        let severities: [Severity] = [.low, .medium, .high]
        for (place, severity) in severities.enumerated() {
            _ = try store.take(
                finding("rule-\(place)", severity: severity, last: Int64(place)), assetID: place == 1 ? mail : web,
                received: now)
        }
        func rules(_ filter: FindingStore.Filter, _ scope: Scope = .everything) throws -> [String] {
            try store.list(filter, scope: scope, limit: 9).map(\.finding.rule)
        }
        #expect(try rules(.init()) == ["rule-2", "rule-1", "rule-0"])
        #expect(try rules(.init(atLeast: .medium)) == ["rule-2", "rule-1"])
        #expect(try rules(.init(rule: "rule-0")) == ["rule-0"])
        #expect(try rules(.init(), .units(["north"])) == ["rule-2", "rule-0"])
        #expect(try rules(.init(), .units([])) == [])
        let hidden = try #require(try store.list(.init(asset: "mail-1"), scope: .everything, limit: 1).first)
        #expect(try store.find(hidden.id, scope: .units(["north"])) == nil)
    }
}
