package import SQLite
package import Vocabulary

/// Enrolled agents, their certificates and the tokens that let new ones in.
package struct AgentStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Agent: Hashable, Sendable {
        package var id: String
        package var asset: String
        package var enrolled: Instant
        package var lastSeen: Instant?
        /// The agent's clock minus the collector's when it last reported; network delay included.
        package var clockOffset: Duration?
        /// The last Presence message as it came.
        package var presence: [UInt8]
    }

    /// An agent that was not heard of for this long is silent: three heartbeats and some.
    package static let patience = Duration.seconds(20)

    /// How an enrolment token stands.
    package enum TokenState: Hashable, Sendable {
        case unknown
        /// With the agent and the key's fingerprint that it was used for.
        case used(by: String, key: String)
        case expired
        case valid
    }

    package func add(id: String, assetID: Int64, machine: [UInt8], at now: Instant) throws {
        try connection.run(
            "INSERT INTO agent (id, asset_id, machine, enrolled) VALUES (?, ?, ?, ?)",
            id, assetID, machine, now.microseconds)
    }

    package func addCertificate(serial: String, agent: String, issued: Instant, expires: Instant) throws {
        try connection.run(
            "INSERT INTO certificate (serial, agent_id, issued, expires) VALUES (?, ?, ?, ?)",
            serial, agent, issued.microseconds, expires.microseconds)
    }

    /// The agent a certificate was given to, unless one of the two was revoked: a valid chain is not enough.
    package func agent(certificateSerial serial: String) throws -> String? {
        try connection.row(
            """
            SELECT agent.id FROM certificate JOIN agent ON agent.id = certificate.agent_id
            WHERE certificate.serial = ? AND certificate.revoked IS NULL AND agent.revoked IS NULL
            """, serial
        ) { $0.text(0) }
    }

    /// Whether an agent has valid certificates that were issued before this one.
    package func hasElders(thanSerial serial: String) throws -> Bool {
        try connection.row("SELECT 1 FROM certificate WHERE \(Self.elders) LIMIT 1", serial, serial) { _ in true }
            ?? false
    }

    /// Takes back what was issued to the same agent before this certificate.
    package func revokeElders(thanSerial serial: String, at now: Instant) throws {
        try connection.run(
            "UPDATE certificate SET revoked = ? WHERE \(Self.elders)", now.microseconds, serial, serial)
    }

    /// Forgets what was issued to the same agent after this certificate: were any of it used, this one would be none.
    package func removeJuniors(ofSerial serial: String) throws {
        try connection.run(
            """
            DELETE FROM certificate
            WHERE agent_id = (SELECT agent_id FROM certificate WHERE serial = ?)
                AND issued > (SELECT issued FROM certificate WHERE serial = ?)
            """, serial, serial)
    }

    private static let elders = """
        revoked IS NULL AND agent_id = (SELECT agent_id FROM certificate WHERE serial = ?)
            AND issued < (SELECT issued FROM certificate WHERE serial = ?)
        """

    package func assetID(agent: String) throws -> Int64? {
        try connection.row("SELECT asset_id FROM agent WHERE id = ?", agent) { $0.integer(0) }
    }

    package func agent(assetID: Int64) throws -> String? {
        try connection.row("SELECT id FROM agent WHERE asset_id = ? AND revoked IS NULL", assetID) { $0.text(0) }
    }

    /// The agent that asks what nobody else was named for: the one that was enrolled first.
    package func first() throws -> String? {
        try connection.row("SELECT id FROM agent WHERE revoked IS NULL ORDER BY enrolled, id LIMIT 1") { $0.text(0) }
    }

    package func agent(machine: [UInt8]) throws -> String? {
        try connection.row("SELECT id FROM agent WHERE machine = ? AND revoked IS NULL", machine) { $0.text(0) }
    }

    package func wasSeen(_ agent: String, at now: Instant, clockOffset: Duration, presence: [UInt8]) throws {
        try connection.run(
            "UPDATE agent SET last_seen = ?, clock_offset = ?, presence = ? WHERE id = ?",
            now.microseconds, clockOffset.wholeMicroseconds, presence, agent)
    }

    /// The last Presence message as it was kept; empty when there is none.
    package func presence(of agent: String) throws -> [UInt8] {
        try connection.row("SELECT presence FROM agent WHERE id = ?", agent) { $0.blob(0) } ?? []
    }

    package func lastSeen(_ agent: String) throws -> Instant? {
        let found = try connection.row("SELECT last_seen FROM agent WHERE id = ?", agent) { $0.optionalInteger(0) }
        return (found ?? nil).map(Instant.init(microseconds:))
    }

    /// The collector's clock was set by so much.
    package func moveLastSeen(by step: Duration) throws {
        try connection.run(
            "UPDATE agent SET last_seen = last_seen + ? WHERE last_seen IS NOT NULL", step.wholeMicroseconds)
    }

    /// Agents that were not heard of for longer than `patience`, nor since `started`, and are not known to be silent.
    package func newlySilent(at now: Instant, started: Instant) throws -> [(
        id: String, assetID: Int64, lastSeen: Instant
    )] {
        try connection.rows(
            """
            SELECT id, asset_id, coalesce(last_seen, enrolled) FROM agent
            WHERE revoked IS NULL AND silent IS NULL AND max(coalesce(last_seen, enrolled), ?) < ?
            """, started.microseconds, (now - Self.patience).microseconds
        ) { ($0.text(0), $0.integer(1), Instant(microseconds: $0.integer(2))) }
    }

    /// Agents that were silent and were heard of again.
    package func returned(at now: Instant) throws -> [String] {
        try connection.rows(
            "SELECT id FROM agent WHERE revoked IS NULL AND silent IS NOT NULL AND last_seen >= ? ORDER BY id",
            (now - Self.patience).microseconds
        ) { $0.text(0) }
    }

    /// Notes since when an agent is silent; nil: it is not.
    package func setSilent(_ agent: String, since: Instant?) throws {
        try connection.run("UPDATE agent SET silent = ? WHERE id = ?", since?.microseconds, agent)
    }

    package func all(scope: Scope) throws -> [Agent] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            """
            SELECT agent.id, asset.name, agent.enrolled, agent.last_seen, agent.clock_offset, agent.presence
            FROM agent JOIN asset ON asset.id = agent.asset_id
            WHERE agent.revoked IS NULL AND \(filter.sql) ORDER BY asset.name
            """, arguments: filter.arguments
        ) { row in
            Agent(
                id: row.text(0), asset: row.text(1), enrolled: Instant(microseconds: row.integer(2)),
                lastSeen: row.optionalInteger(3).map(Instant.init(microseconds:)),
                clockOffset: row.optionalInteger(4).map { .microseconds($0) }, presence: row.blob(5))
        }
    }

    package func addToken(secretHash: String, by person: String, at now: Instant, expires: Instant) throws {
        try connection.run(
            "INSERT INTO enrolment_token (secret_hash, created, created_by, expires) VALUES (?, ?, ?, ?)",
            secretHash, now.microseconds, person, expires.microseconds)
    }

    package func tokenState(secretHash: String, at now: Instant) throws -> TokenState {
        let found = try connection.row(
            "SELECT used_by, used_key, expires FROM enrolment_token WHERE secret_hash = ?", secretHash
        ) { (by: $0.optionalText(0), key: $0.text(1), expires: Instant(microseconds: $0.integer(2))) }
        guard let found else { return .unknown }
        if let by = found.by { return .used(by: by, key: found.key) }
        return found.expires <= now ? .expired : .valid
    }

    package func useToken(secretHash: String, for agent: String, key: String, at now: Instant) throws {
        try connection.run(
            "UPDATE enrolment_token SET used = ?, used_by = ?, used_key = ? WHERE secret_hash = ?",
            now.microseconds, agent, key, secretHash)
    }

    /// Lets an agent in no more: its certificates end, and its checks are nobody's.
    package func revoke(_ agent: String, at now: Instant) throws {
        try connection.run("UPDATE agent SET revoked = ? WHERE id = ?", now.microseconds, agent)
        try revokeCertificates(of: agent, at: now)
    }

    /// Takes back every certificate of an agent, and what would bring one back: the tokens it has used answer no key.
    package func revokeCertificates(of agent: String, at now: Instant) throws {
        try connection.run(
            "UPDATE certificate SET revoked = ? WHERE agent_id = ? AND revoked IS NULL", now.microseconds, agent)
        try connection.run("UPDATE enrolment_token SET used_key = NULL WHERE used_by = ?", agent)
    }
}
