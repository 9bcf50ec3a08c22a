import Resources
import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct ResourceRemovalTests {
    private let now = Instant(seconds: 1_700_000_000)

    private func province() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        try apply(ApplyPlanTests.province, to: connection)
        return connection
    }

    private func apply(_ text: String, to connection: Connection) throws {
        try connection.apply(text, at: now)
    }

    @discardableResult
    private func remove(_ kind: Resource.Kind, _ name: String, from connection: Connection) throws -> Set<String> {
        try connection.transaction {
            try ResourceRemoval.remove(kind, named: name, by: "an", at: now, in: connection)
        }
    }

    @Test func whatOthersNeedStays() throws {
        let connection = try province()
        #expect(throws: RemovalRefusal.needed(by: ["Asset codec-xa-an-son"])) {
            try remove(.asset, "line-xa-an-son", from: connection)
        }
        #expect(throws: RemovalRefusal.needed(by: ["Unit ubnd-xa-an-son"])) {
            try remove(.unit, "ubnd-thuan-an", from: connection)
        }
        #expect(throws: RemovalRefusal.unknown(.site, "nowhere")) { try remove(.site, "nowhere", from: connection) }
    }

    @Test func aUnitThatAReaderIsBoundToStays() throws {
        let connection = try province()
        try apply(
            """
            apiVersion: haidang/v1
            kind: Unit
            name: lonely
            title: Lonely
            """, to: connection)
        try PersonStore(connection).add("mai", hash: "h", role: .reader, unit: "lonely", at: now)
        #expect(throws: RemovalRefusal.needed(by: ["the user mai"])) { try remove(.unit, "lonely", from: connection) }
        try PersonStore(connection).remove("mai")
        try remove(.unit, "lonely", from: connection)
    }

    @Test func everythingGoesInTheRightOrder() throws {
        let connection = try province()
        for (kind, name): (Resource.Kind, String) in [
            (.asset, "codec-xa-an-son"), (.asset, "line-xa-an-son"), (.site, "xa-an-son"), (.unit, "ubnd-xa-an-son"),
            (.unit, "ubnd-thuan-an"), (.route, "on-duty"),
        ] {
            try remove(kind, name, from: connection)
        }
        #expect(try CurrentResources(connection).all.isEmpty)
        #expect(try AuditStore(connection).lines(limit: 1).first?.action == "remove-route")
        // Its code is free, and it comes back under its name.
        try apply(ApplyPlanTests.province, to: connection)
        #expect(try CurrentResources(connection).assets.map(\.name) == ["codec-xa-an-son", "line-xa-an-son"])
    }

    @Test func anAgentsOtherChecksGoToAnotherAgentOrItStays() throws {
        let connection = try province()
        for name in ["first", "second"] {
            let asset = try AssetStore(connection).addEnrolled(name: name, assetClass: "server", at: now)
            try AgentStore(connection).add(id: name, assetID: asset.id, machine: Array(name.utf8), at: now)
        }
        try apply(
            "apiVersion: haidang/v1\nkind: Asset\nname: web\nclass: service\naddress: 127.0.0.1:80\n", to: connection)
        #expect(try remove(.asset, "first", from: connection) == ["first", "second"])
        let check = try #require(try CheckStore(connection).find(CheckName(asset: "web", part: "tcp")))
        #expect(check.agent == "second")
        #expect(throws: RemovalRefusal.onlyAgent(checks: 1)) { try remove(.asset, "second", from: connection) }
        let second = try #require(try AssetStore(connection).id(named: "second"))
        #expect(try AgentStore(connection).agent(assetID: second) == "second")
    }
}
