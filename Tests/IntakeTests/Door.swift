import Authority
import Curl
import Enrolment
import Foundation
import Gzip
import HummingbirdCore
import Intake
import Keys
import Logging
import SQLite
import ServiceLifecycle
import Storage
import SwiftProtobuf
import TestSupport
import Vocabulary
import Wire

/// The agents' port on the loopback, behind real TLS, with the stores it feeds; the engine runs when a test says so.
struct Door: Sendable {
    let folder: TemporaryFolder
    let authority: Authority
    let database: Database
    let engine: EngineLoop
    let assignments: Assignments
    let routes: [AgentsPort.Route]
    let now: Instant
    let curl: CurlEngine
    let port: Int

    /// What the port said, as far as HTTP goes.
    struct Answer {
        var status: Int
        var body: [UInt8]

        /// The stable code of a refusal; empty when the answer is none.
        var code: String {
            get throws { try ProtoRefusal(serializedBytes: body).code }
        }
    }

    /// A machine that has enrolled.
    struct Agent {
        var id: String
        var key: PrivateKey
        var certificate: Keys.Certificate

        var identity: ClientIdentity { ClientIdentity(certificate, key) }
    }

    /// Serves for as long as `body` takes, then shuts down in order and waits for the end of it.
    static func open(_ body: (Door) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
        let authority = try AuthorityFiles(folder: folder.path("authority"))
            .open(for: ServerNames(["localhost", "127.0.0.1"]), at: now)
        let database = try await Database(path: folder.path("haidang.sqlite"))
        // Hummingbird keeps the request's id in its logger's metadata, which a no-op handler would lose.
        let logger = Logger(label: "test") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .critical
            return handler
        }
        let assignments = Assignments(database: database) { sealed, _ in
            String(decoding: sealed.reversed(), as: UTF8.self)
        }
        let journal = JournalWriter(database: database) {}
        let agents = AgentsPort(
            database: database, authority: authority, journal: journal, assignments: assignments, now: { now })
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let server = try agents.service(on: .hostname("127.0.0.1", port: 0), logger: logger) { running.yield($0) }
        let services = ServiceGroup(configuration: .init(services: [journal, server], logger: logger))
        let engine = EngineLoop(
            database: database, now: { now }, logger: logger, onReassigned: { assignments.forget($0) }, onMessages: {})
        let curl = CurlEngine()
        defer { curl.close() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { running.finish() }
                try await services.run()
            }
            for await port in ports {
                let door = Door(
                    folder: folder, authority: authority, database: database, engine: engine, assignments: assignments,
                    routes: agents.routes, now: now, curl: curl, port: port)
                do {
                    try await body(door)
                } catch {
                    await services.triggerGracefulShutdown()
                    throw error
                }
                await services.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }

    /// One request on a connection of its own; throws what libcurl says when there is no answer.
    func send(
        _ method: String, _ path: String, _ body: [UInt8] = [], as identity: ClientIdentity? = nil
    ) async throws -> Answer {
        var transfer = Transfer(
            "https://127.0.0.1:\(port)\(path)", method: method, body: body, timeout: .seconds(60))
        transfer.tls = TLSOptions(trust: .authorities(Array(authority.certificate.pem.utf8)), identity: identity)
        transfer.connection = .fresh
        let result = try await curl.perform(transfer).get()
        return Answer(status: result.status, body: result.body)
    }
}

// Enrolling.
extension Door {
    /// The secret of a new token.
    func secret(expiringIn life: Duration = .seconds(3600)) async throws -> String {
        let secret = try authority.token(address: "https://127.0.0.1:1").secret
        let (hash, now) = (try EnrolmentToken.hash(ofSecret: secret), now)
        try await database.write {
            try AgentStore($0).addToken(secretHash: hash, by: "t", at: now, expires: now + life)
        }
        return secret
    }

    func enrol(_ message: ProtoEnrolRequest) async throws -> Answer {
        try await send("POST", "/agent/v1/enrol", try message.serializedBytes())
    }

    /// A machine enrols as people do it, with a new token; `mark` tells machines apart.
    func agent(_ hostname: String, mark: UInt8) async throws -> Agent {
        let key = try PrivateKey.generate()
        let answer = try await enrol(try .init(secret: secret(), key: key, hostname: hostname, mark: mark))
        let reply = try ProtoEnrolReply(serializedBytes: answer.body)
        return Agent(id: reply.agent, key: key, certificate: try Keys.Certificate(pem: reply.certificate))
    }
}

// Reporting.
extension Door {
    func post(_ delivery: ProtoDelivery, as agent: Agent) async throws -> Answer {
        try await send("POST", "/agent/v1/report", gzip(try delivery.serializedBytes()), as: agent.identity)
    }

    /// Delivers bodies under their sequences; the answer must be a good one.
    func deliver(
        _ reports: [(UInt64, [UInt8])], stream: UInt64 = 7, as agent: Agent
    ) async throws -> ProtoDeliveryReply {
        let answer = try await post(ProtoDelivery(reports, stream: stream), as: agent)
        guard answer.status == 200 else { throw Command.Failure(description: "status \(answer.status)") }
        return try ProtoDeliveryReply(serializedBytes: answer.body)
    }

    /// The journal as it lies on the disk, read by somebody else.
    func journal() throws -> [String] {
        let other = try Connection(path: folder.path("haidang.sqlite"), mode: .readOnly)
        return try other.rows("SELECT agent_id, stream, sequence FROM journal ORDER BY id") { row in
            "\(row.text(0)) \(row.unsigned(1)) \(row.unsigned(2))"
        }
    }
}

extension ClientIdentity {
    init(_ certificate: Keys.Certificate, _ key: PrivateKey) {
        self.init(certificate: Array(certificate.pem.utf8), key: Array(key.pem().utf8))
    }
}

extension ProtoEnrolRequest {
    init(secret: String, key: PrivateKey, hostname: String = "web-1", mark: UInt8 = 1) throws {
        self.init()
        version = Limits.version
        self.secret = secret
        signingRequest = Data(try SigningRequest(commonName: "agent", key: key).der)
        self.hostname = hostname
        machine = Data(repeating: mark, count: 32)
    }
}

extension ProtoDelivery {
    init(_ reports: [(UInt64, [UInt8])], stream: UInt64 = 7) {
        self.init()
        version = Limits.version
        self.stream = stream
        self.reports = reports.map { sequence, body in
            var sealed = ProtoSealedReport()
            sealed.sequence = sequence
            sealed.body = Data(body)
            return sealed
        }
    }
}
