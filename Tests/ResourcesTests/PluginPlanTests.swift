import Resources
import SQLite
import Storage
import Testing
import Vocabulary

/// Assets name what plug-ins ask of them, rules say what that is, and each such word is a check of its own.
@Suite struct PluginPlanTests {
    private let now = Instant(seconds: 1_795_755_600)

    private static let province = """
        apiVersion: haidang/v1
        kind: Asset
        name: web-1
        class: service
        address: 10.0.0.1:443
        plugins: [ssh, mail-queue]
        ---
        apiVersion: haidang/v1
        kind: Asset
        name: centre
        class: server
        plugins: [mail-queue]
        ---
        apiVersion: haidang/v1
        kind: Rule
        name: plugins
        checks:
          exec-ssh: {plugin: check_ssh, arguments: "-t 5 $HOSTADDRESS$"}
          exec-mail-queue: {plugin: check_mailq, arguments: -w 50 -c 200}
        ---
        apiVersion: haidang/v1
        kind: Rule
        name: busy
        match: {assets: [centre]}
        checks: {exec-mail-queue: {arguments: -w 500 -c 2000}}
        """

    private func database() throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let store = AssetStore(connection)
        let first = try store.addEnrolled(name: "first", assetClass: "server", at: now).id
        try AgentStore(connection).add(id: "first-agent", assetID: first, machine: [1], at: now)
        let centre = try store.addEnrolled(name: "centre", assetClass: "server", at: now).id
        try AgentStore(connection).add(id: "own-agent", assetID: centre, machine: [2], at: now)
        try CheckStore(connection).put(
            Check(
                name: CheckName(asset: "centre", part: "host"), kind: "host", target: "", interval: .seconds(10),
                timeout: .seconds(5)), assetID: centre, agent: "own-agent", at: now)
        return connection
    }

    private func checks(_ connection: Connection, of agent: String) throws -> [String: Check] {
        let checks = try CheckStore(connection).active(agent: agent)
        return Dictionary(checks.map { ($0.name.rawValue, $0) }) { first, _ in first }
    }

    @Test func eachNameIsACheckOfTheAgentThatAsks() throws {
        let connection = try database()
        let plan = try connection.apply(Self.province, at: now)
        #expect(plan.reassigned == ["first-agent", "own-agent"])
        let asked = try checks(connection, of: "first-agent")
        #expect(asked.keys.sorted() == ["web-1/exec-mail-queue", "web-1/exec-ssh", "web-1/tcp"])
        let ssh = try #require(asked["web-1/exec-ssh"])
        #expect(ssh.kind == "exec" && ssh.target == "10.0.0.1")
        #expect(ssh.settings == ["plugin": "check_ssh", "arguments": "-t 5 $HOSTADDRESS$"])
        #expect(ssh.interval == .seconds(60) && ssh.timeout == .seconds(15))
        // A machine with an agent runs its own, and keeps what its facts have brought.
        let own = try checks(connection, of: "own-agent")
        #expect(own.keys.sorted() == ["centre/exec-mail-queue", "centre/host"])
        #expect(own["centre/exec-mail-queue"]?.target.isEmpty == true)
        #expect(
            own["centre/exec-mail-queue"]?.settings == ["plugin": "check_mailq", "arguments": "-w 500 -c 2000"])
    }

    @Test func anExportIsTheSameAndWhatIsLeftOutEnds() throws {
        let connection = try database()
        try connection.apply(Self.province, at: now)
        let exported = try ResourceWriter.yaml(try CurrentResources(connection).all)
        #expect(exported.contains("plugins: [mail-queue, ssh]"), "\(exported)")
        #expect(try connection.apply(exported, at: now).changes.allSatisfy { $0.action == .same })
        let plan = try connection.apply(
            """
            apiVersion: haidang/v1
            kind: Asset
            name: web-1
            class: service
            address: 10.0.0.1:443
            ---
            apiVersion: haidang/v1
            kind: Asset
            name: centre
            class: server
            """, at: now)
        #expect(plan.changes.map(\.fields) == [["plugins: mail-queue, ssh → "], ["plugins: mail-queue → "]])
        #expect(try checks(connection, of: "first-agent").keys.sorted() == ["web-1/tcp"])
        #expect(try checks(connection, of: "own-agent").keys.sorted() == ["centre/host"])
    }

    @Test func aRuleThatChangesReachesItsPlugIns() throws {
        let connection = try database()
        try connection.apply(Self.province, at: now)
        let reassigned = try connection.transaction {
            try ResourceRemoval.remove(.rule, named: "busy", by: "an", at: now, in: connection)
        }
        #expect(reassigned == ["own-agent"])
        #expect(
            try checks(connection, of: "own-agent")["centre/exec-mail-queue"]?.settings["arguments"]
                == "-w 50 -c 200")
    }

    @Test(arguments: [
        ("plugins: [ssh, mail-queue]", "plugins: [ssh, Mail]", 6, "plugins: \"Mail\" is no name"),
        ("plugins: [ssh, mail-queue]", "plugins: [ssh, gone]", 1, "no rule says what exec-gone is"),
        ("plugin: check_ssh", "plugin: ../sh", 18, "exec-ssh: plugin: \"../sh\" is no name of a plug-in"),
        ("-w 50 -c 200", "\"-w '50\"", 19, "exec-mail-queue: arguments: a ' is not closed"),
        ("$HOSTADDRESS$", "$ARG1$", 18, "$ARG1$ means nothing here"),
        (
            "{plugin: check_ssh", "{shell: yes, plugin: check_ssh", 18,
            "exec-ssh: shell: unknown; known: arguments, plugin"
        ),
        ("class: service\naddress: 10.0.0.1:443", "class: licence", 1, "exec-ssh wants $HOSTADDRESS$"),
    ])
    func whatIsWrongIsToldWithItsLine(good: String, bad: String, line: Int, problem: String) throws {
        let connection = try database()
        let errors = #expect(throws: ResourceErrors.self) {
            try connection.apply(Self.province.replacing(good, with: bad, maxReplacements: 1), at: now)
        }
        #expect(errors?.description.contains(problem) == true, "\(errors?.description ?? "")")
        #expect(errors?.errors.first?.line == line, "\(errors?.description ?? "")")
    }
}
