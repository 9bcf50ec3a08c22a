import Detection
import Resources
import SQLite
import Storage
import Testing
import Vocabulary

/// Rules by file: they reach the checks of the assets they are for, and no others, and let go of them again.
@Suite struct RulePlanTests {
    private let now = Instant(seconds: 1_795_755_600)

    private static let province = """
        apiVersion: haidang/v1
        kind: Rule
        name: codecs
        match: {classes: [codec]}
        patience: 5m
        checks:
          icmp: {loss-percent: 10, latency: 1s}
        ---
        apiVersion: haidang/v1
        kind: Rule
        name: an-son
        match: {sites: [xa-an-son]}
        checks: {icmp: {latency: 2s, bursts: 2s}}
        ---
        apiVersion: haidang/v1
        kind: Site
        name: xa-an-son
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: codec-an-son
        class: codec
        address: 10.0.0.1
        site: xa-an-son
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: codec-an-binh
        class: codec
        address: 10.0.0.2
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: line-an-binh
        class: line
        address: 10.0.0.3
        """

    private func database() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let id = try AssetStore(connection).addEnrolled(name: "centre", assetClass: "server", at: now).id
        try AgentStore(connection).add(id: "agent", assetID: id, machine: [1], at: now)
        try CheckStore(connection).put(
            Check(
                name: CheckName(asset: "centre", part: "gateway"), kind: "icmp", target: "10.0.0.254",
                interval: .seconds(10), timeout: .seconds(1)), assetID: id, agent: "agent", at: now)
        try apply(Self.province, to: connection)
        return connection
    }

    @discardableResult
    private func apply(_ text: String, to connection: Connection) throws -> ApplyPlan {
        try connection.apply(text, at: now)
    }

    private func settings(_ connection: Connection) throws -> [String: [String: String]] {
        let checks = try CheckStore(connection).active(agent: "agent")
        return Dictionary(checks.map { ($0.name.rawValue, $0.settings) }) { first, _ in first }
    }

    private func patience(_ connection: Connection) throws -> [String: Patience] {
        let dependencies = try DependencyStore(connection).dependencies { _ in 0 }
        let assets = try AssetStore(connection).all(scope: .everything)
        return Dictionary(assets.map { ($0.name, dependencies.patience(of: $0.id)) }) { first, _ in first }
    }

    @Test func theNarrowerRuleSaysMoreAndTheClassStaysBelow() throws {
        let connection = try database()
        #expect(
            try settings(connection) == [
                "codec-an-son/icmp": ["loss-percent": "10", "latency": "2s", "jitter": "50ms", "bursts": "2s"],
                "codec-an-binh/icmp": ["loss-percent": "10", "latency": "1s", "jitter": "50ms"],
                "line-an-binh/icmp": [:], "centre/gateway": [:],
            ])
        #expect(
            try patience(connection) == [
                "codec-an-son": .after(.seconds(300)), "codec-an-binh": .after(.seconds(300)),
                "line-an-binh": .after(.seconds(30)), "centre": .after(.seconds(30)),
            ])
    }

    @Test func aRuleReachesWhatWasDeclaredBeforeItAndLetsGoOfIt() throws {
        let connection = try database()
        let plan = try apply(
            """
            apiVersion: haidang/v1
            kind: Rule
            name: everything
            patience: 1h
            checks: {icmp: {loss-percent: 20}}
            """, to: connection)
        #expect(plan.reassigned == ["agent"])
        #expect(try settings(connection)["line-an-binh/icmp"] == ["loss-percent": "20"])
        #expect(try settings(connection)["centre/gateway"] == ["loss-percent": "20"])
        #expect(try settings(connection)["codec-an-binh/icmp"]?["loss-percent"] == "10", "the class is narrower")
        #expect(try patience(connection)["centre"] == .after(.seconds(3600)))
        for name in ["everything", "codecs", "an-son"] {
            let reassigned = try connection.transaction {
                try ResourceRemoval.remove(.rule, named: name, by: "an", at: now, in: connection)
            }
            #expect(reassigned == ["agent"])
        }
        let plain = ["latency": "300ms", "jitter": "50ms"]
        #expect(
            try settings(connection) == [
                "codec-an-son/icmp": plain, "codec-an-binh/icmp": plain, "line-an-binh/icmp": [:],
                "centre/gateway": [:],
            ])
    }

    @Test func whatMovesComesUnderOtherRules() throws {
        let connection = try database()
        try apply(
            """
            apiVersion: haidang/v1
            kind: Asset
            name: codec-an-son
            class: codec
            address: 10.0.0.1
            """, to: connection)
        #expect(try settings(connection)["codec-an-son/icmp"]?["latency"] == "1s")
    }

    @Test func theSameFileAgainChangesNothingAndAnExportIsTheSame() throws {
        let connection = try database()
        let again = try apply(Self.province, to: connection)
        #expect(again.changes.allSatisfy { $0.action == .same } && again.reassigned.isEmpty)
        let exported = try ResourceWriter.yaml(try CurrentResources(connection).all.filter { $0.kind != .asset })
        #expect(try apply(exported, to: connection).changes.allSatisfy { $0.action == .same }, "\(exported)")
        #expect(exported.contains("patience: 5m"))
    }

    @Test(arguments: [
        ("patience: 5m", "patience: soon", 5, "\"soon\" is not a span"),
        ("patience: 5m", "patience: 9d", 5, "up to 1d"),
        ("loss-percent: 10", "loss-percent: much", 7, "icmp: loss-percent: \"much\" is not a whole number"),
        ("loss-percent: 10", "loose: 10", 7, "loose: unknown; known:"),
        (
            "  icmp: {loss", "  snap: {loss", 7,
            "unknown key \"snap\"; known: codec, dns, exec-NAME, h323, host, http, icmp, ntp, prometheus, sip, snmp, tcp, tls"
        ),
        ("classes: [codec]", "classes: [phone]", 4, "\"phone\" is none of"),
        ("sites: [xa-an-son]", "sites: [nowhere]", 12, "there is no Site \"nowhere\""),
    ])
    func whatIsWrongIsToldWithItsLine(good: String, bad: String, line: Int, problem: String) throws {
        let connection = try database()
        let errors = #expect(throws: ResourceErrors.self) {
            try apply(Self.province.replacing(good, with: bad), to: connection)
        }
        #expect(errors?.errors.map(\.line) == [line], "\(errors?.description ?? "")")
        #expect(errors?.description.contains(problem) == true, "\(errors?.description ?? "")")
    }

    @Test func aRuleThatRulesNothingIsRefused() throws {
        let connection = try database()
        let errors = #expect(throws: ResourceErrors.self) {
            try apply("apiVersion: haidang/v1\nkind: Rule\nname: idle\nmatch: {classes: [line]}\n", to: connection)
        }
        #expect(errors?.description.contains("it rules nothing") == true)
    }
}
