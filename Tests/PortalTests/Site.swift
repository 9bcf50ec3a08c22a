import API
import Accounts
import Authority
import Curl
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Intake
import Keys
import Logging
import Portal
import ServiceLifecycle
import Storage
import Synchronization
import TestSupport
import Vocabulary
import WebUI

/// The pages and the API on the loopback as people reach them: over real TLS, or plain as on a first look.
struct Site: Sendable {
    let folder: TemporaryFolder
    let database: Database
    let portal: Portal
    let curl: CurlEngine
    let clock: Clock
    let isSecure: Bool
    private let authority: [UInt8]
    private let port: Int

    /// The password that the tests' person has.
    static let password = "mật khẩu đủ dài 1"

    /// A clock that tests move.
    final class Clock: Sendable {
        private let instant: Mutex<Instant>

        init(_ instant: Instant) {
            self.instant = Mutex(instant)
        }

        var now: Instant { instant.withLock { $0 } }

        func advance(by span: Duration) {
            instant.withLock { $0 = $0 + span }
        }
    }

    /// Serves for as long as `body` takes, then shuts down in order and waits for the end of it.
    static func open(
        isSecure: Bool = true, charts: String = "/nowhere", _ body: (Site) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        let clock = Clock(Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)))
        let authority = try AuthorityFiles(folder: folder.path("authority"))
            .open(for: ServerNames(["localhost", "127.0.0.1"]), at: clock.now)
        let database = try await Database(path: folder.path("haidang.sqlite"))
        let api = APIServices(
            database: database, now: { clock.now }, agentsAddress: "https://127.0.0.1:8444",
            webAddress: "https://127.0.0.1:8443", agentPackage: AgentPackage(folder: folder.path("packages")),
            fingerprint: authority.serverKey.fingerprint, secrets: try SealedBox(key: authority.secretsKey),
            sentence: { line, language in
                DecisionSentence(
                    verdict: line.verdict, detail: line.detail, language: Language(rawValue: language) ?? .english
                ).text
            },
            readiness: { entry, language in
                ReadinessSentence(
                    entry.readiness, blame: entry.blameTitle, sharing: entry.sharing,
                    language: Language(rawValue: language) ?? .english
                ).text
            },
            onReassigned: { _ in },
            testRoute: { route, person in
                [.init(channel: "webhook", result: .refused, answer: "\(person) tried \(route.name)")]
            })
        let steps = FirstSteps(enrolMachine: "enrol", loadSites: nil, breakSomething: "break")
        let portal = try Portal(api: api, steps: steps, isSecure: isSecure, charts: charts)
        // Hummingbird keeps the request's id in its logger's metadata, which a no-op handler would lose.
        let logger = Logger(label: "test") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .critical
            return handler
        }
        let (ports, running) = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            router: portal.router(),
            server: isSecure ? try .tls(tlsConfiguration: authority.tlsConfiguration(knowsAgents: false)) : .http1(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) }, logger: logger)
        let services = ServiceGroup(configuration: .init(services: [server], logger: logger))
        let curl = CurlEngine()
        defer { curl.close() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { running.finish() }
                try await services.run()
            }
            for await port in ports {
                let site = Site(
                    folder: folder, database: database, portal: portal, curl: curl, clock: clock, isSecure: isSecure,
                    authority: Array(authority.certificate.pem.utf8), port: port)
                do {
                    try await body(site)
                } catch {
                    await services.triggerGracefulShutdown()
                    throw error
                }
                await services.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
    }

    /// One request on a connection of its own; redirects are answers.
    func send(
        _ method: String, _ path: String, headers: [Header] = [], body: String = ""
    ) async throws -> TransferResult {
        var transfer = Transfer(
            "\(isSecure ? "https" : "http")://127.0.0.1:\(port)\(path)", method: method, headers: headers,
            body: Array(body.utf8), timeout: .seconds(60))
        if isSecure { transfer.tls = TLSOptions(trust: .authorities(authority)) }
        transfer.connection = .fresh
        return try await curl.perform(transfer).get()
    }
}

// Who is known.
extension Site {
    /// Adds a person, or gives a known one this password.
    func add(
        _ name: String, mustChange: Bool = false, role: Role = .administrator, unit: String? = nil
    ) async throws {
        // Cheap to check: what it costs in earnest is not these tests' matter.
        let cheap = Scrypt.Parameters(cost: 1 << 10, blockSize: 8, parallelism: 1)
        let (hash, now) = (try PasswordHash(hashing: Self.password, parameters: cheap).description, clock.now)
        try await database.write { connection in
            let people = PersonStore(connection)
            if try people.person(named: name) == nil {
                try people.add(name, hash: hash, role: role, unit: unit, at: now)
            }
            try people.setPassword(name, hash: hash, mustChange: mustChange, at: now)
        }
    }

    /// A new API token of a known person.
    func token(of person: String) async throws -> String {
        let (token, now) = (Base64.url.encode(try Random.bytes(32)), clock.now)
        let hash = try Digest.sha256(Array(token.utf8))
        try await database.write {
            try PersonStore($0).addToken(hash: hash, person: person, purpose: "test", at: now)
        }
        return token
    }

    /// An asset with an agent on it, so that there is something to see.
    func enrol(_ name: String) async throws {
        let now = clock.now
        try await database.write { connection in
            let asset = try AssetStore(connection).addEnrolled(name: name, assetClass: "server", at: now)
            try AgentStore(connection).add(id: "id-\(name)", assetID: asset.id, machine: Array(name.utf8), at: now)
            try CheckStore(connection).put(
                Check(
                    name: CheckName(asset: asset.name, part: "host"), kind: "host", target: "", interval: .seconds(10),
                    timeout: .seconds(5)), assetID: asset.id, agent: "id-\(name)", at: now)
        }
    }
}

extension TransferResult {
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.values(of: name).first }

    /// The value of the last hidden field of that name: the frame's own forms come first.
    func field(_ name: String) -> String? {
        let start = "name=\"\(name)\" value=\""
        guard let range = text.range(of: start, options: .backwards) else { return nil }
        return String(text[range.upperBound...].prefix { $0 != "\"" })
    }
}
