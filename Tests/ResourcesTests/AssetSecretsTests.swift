import Resources
import SQLite
import Storage
import Testing
import Vocabulary

/// Secrets of assets: their names reach the checks that ask with them, and what is wrong is told by its line.
@Suite struct AssetSecretsTests {
    private let now = Instant(seconds: 1_795_755_600)

    private static let province = """
        apiVersion: haidang/v1
        kind: Asset
        name: switch-1
        class: switch
        address: 10.0.0.1
        secrets: {snmp: switches-ro}
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: printer-1
        class: snmp-device
        address: 10.0.0.2
        answers: [sip]
        exporter: http://10.0.0.2:9100/metrics
        secrets: {snmp: switches-ro}
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: switch-2
        class: switch
        address: 10.0.0.3
        ---
        apiVersion: haidang/v1
        kind: Rule
        name: v3
        match: {classes: [switch]}
        checks:
          snmp: {version: 3, user: reader, auth: sha256,
                 privacy: aes}
        """

    private func database() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let id = try AssetStore(connection).addEnrolled(name: "centre", assetClass: "server", at: now).id
        try AgentStore(connection).add(id: "agent", assetID: id, machine: [1], at: now)
        try connection.apply(Self.province, at: now)
        return connection
    }

    private func settings(_ connection: Connection) throws -> [String: [String: String]] {
        let checks = try CheckStore(connection).active(agent: "agent")
        return Dictionary(checks.filter { $0.kind == "snmp" }.map { ($0.name.rawValue, $0.settings) }) { one, _ in one }
    }

    @Test func whatHasASecretIsAskedWithIt() throws {
        let connection = try database()
        #expect(
            try settings(connection) == [
                "switch-1/snmp": [
                    "secret": "switches-ro", "version": "3", "user": "reader", "auth": "sha256", "privacy": "aes",
                ],
                "printer-1/snmp": ["secret": "switches-ro"],
            ])
        let checks = try CheckStore(connection).active(agent: "agent").filter { $0.kind == "snmp" }
        #expect(checks.allSatisfy { $0.interval == .seconds(60) && $0.timeout == .seconds(30) })
        #expect(try SecretUse.all(in: connection) == ["switches-ro": ["Asset printer-1", "Asset switch-1"]])
        #expect(try AssetSecretStore(connection).agents(of: "switches-ro") == ["agent"])
        #expect(try AssetSecretStore(connection).agents(of: "other").isEmpty)
    }

    @Test func anExportIsTheSameAndAnotherReaderSeesNoSecret() throws {
        let connection = try database()
        let exported = try ResourceWriter.yaml(try CurrentResources(connection).all)
        #expect(exported.contains("secrets:\n  snmp: switches-ro"))
        #expect(exported.contains("answers: [sip]\nexporter: http://10.0.0.2:9100/metrics"))
        #expect(try connection.apply(exported, at: now).changes.allSatisfy { $0.action == .same })
        let scoped = try CurrentResources(connection, scope: .units(["nowhere"]))
        #expect(scoped.assets.allSatisfy { $0.secrets.isEmpty })
    }

    @Test func withoutItsSecretTheCheckEnds() throws {
        let connection = try database()
        let plan = try connection.apply(
            """
            apiVersion: haidang/v1
            kind: Asset
            name: printer-1
            class: snmp-device
            address: 10.0.0.2
            """, at: now)
        #expect(
            plan.changes.first?.fields == [
                "secrets: snmp switches-ro → ", "answers: sip → ", "exporter: http://10.0.0.2:9100/metrics → ",
            ] && plan.reassigned == ["agent"])
        #expect(try settings(connection).keys.sorted() == ["switch-1/snmp"])
        try connection.transaction {
            _ = try ResourceRemoval.remove(.asset, named: "switch-1", by: "an", at: now, in: connection)
        }
        #expect(try SecretUse.all(in: connection).isEmpty)
    }

    @Test(arguments: [
        ("{snmp: switches-ro}", "{ssh: switches-ro}", 6, "unknown key \"ssh\"; known: http, prometheus, sip, snmp"),
        ("{snmp: switches-ro}", "{snmp: \"Switches RO\"}", 6, "snmp takes the name of a secret"),
        ("{snmp: switches-ro}", "switches-ro", 6, "secrets takes keys and values"),
        ("answers: [sip]", "answers: [sip, gopher]", 13, "\"gopher\" is none of: dns, h323, ntp, sip, tls"),
        ("exporter: http://10.0.0.2:9100/metrics", "exporter: 10.0.0.2:9100", 14, "is no URL such as"),
        ("class: switch", "class: licence", 5, "an asset of class licence takes none"),
        ("privacy: aes", "privacy: rot13", 29, "privacy: \"rot13\" is none of"),
        ("user: reader, ", "", 28, "user: version 3 wants one"),
        ("version: 3, ", "", 28, "user: only version 3 has it"),
        ("user: reader", "user: reader, secret: x", 28, "secret: stands with the asset"),
    ])
    func whatIsWrongIsToldWithItsLine(good: String, bad: String, line: Int, problem: String) throws {
        let connection = try database()
        let errors = #expect(throws: ResourceErrors.self) {
            try connection.apply(Self.province.replacing(good, with: bad, maxReplacements: 1), at: now)
        }
        #expect(errors?.errors.first?.line == line, "\(errors?.description ?? "")")
        #expect(errors?.description.contains(problem) == true, "\(errors?.description ?? "")")
    }
}
