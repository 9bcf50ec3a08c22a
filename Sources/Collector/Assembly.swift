import API
import Accounts
import Authority
import Curl
import Foundation
import Hummingbird
import HummingbirdTLS
import Intake
import Keys
import Logging
import NIOSSL
import Notify
import Portal
import ServiceLifecycle
import StateFolder
import Storage
import UnixSignals
import Vocabulary
import WebUI

/// Wires the rooms of the collector together; nothing is decided here.
struct Assembly {
    private let settings: CollectorSettings
    private let logger: Logger
    private let now: @Sendable () -> Instant = { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) }

    init(_ settings: CollectorSettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    func run() async throws {
        let folder = settings.stateFolder
        let lock = try StateLock(folder: folder, holder: "haidang-collector")
        defer { withExtendedLifetime(lock) {} }
        let authority = try AuthorityFiles(folder: folder).open(for: ServerNames(serverNames()), at: now())
        let database = try await Database(path: "\(folder)/haidang.sqlite")
        try await FirstAdministrator(folder: folder, database: database).makeIfNobody(at: now())
        let secrets = try SealedBox(key: authority.secretsKey)
        let curl = CurlEngine()
        defer { curl.close() }
        let safe = SecretSafe(database: database, box: secrets, now: now)
        let assignments = Assignments(database: database) { [logger] sealed, name in
            do {
                return try safe.open(sealed, named: name)
            } catch {
                logger.error("a secret cannot be opened", metadata: ["secret": "\(name)", "problem": "\(error)"])
                return nil
            }
        }
        let channels = Channels(curl: curl, safe: safe, now: now)
        let messages = Messages(database: database, channels: channels, webAddress: webAddress, now: now)
        let outbox = messages.outbox(logger: logger)
        let engine = EngineLoop(
            database: database, now: now, logger: logger, onReassigned: { assignments.forget($0) },
            onMessages: { outbox.wake() })
        let api = APIServices(
            database: database, now: now, agentsAddress: agentsAddress, webAddress: webAddress,
            agentPackage: AgentPackage(folder: settings.packageFolder),
            fingerprint: authority.serverKey.fingerprint, secrets: secrets,
            sentence: { line, language in
                let language = Language(rawValue: language) ?? .english
                return DecisionSentence(verdict: line.verdict, detail: line.detail, language: language).text
            },
            readiness: { entry, language in
                ReadinessSentence(
                    entry.readiness, blame: entry.blameTitle, sharing: entry.sharing,
                    language: Language(rawValue: language) ?? .english
                ).text
            },
            onReassigned: { agents in
                engine.forget()
                assignments.forget(agents)
            }, testRoute: { try await messages.test($0, by: $1) })
        try await grantLocalAccess(api)

        let journal = JournalWriter(database: database) { engine.wake() }
        let port = AgentsPort(
            database: database, authority: authority, journal: journal, assignments: assignments, now: now)
        let retention = RetentionLoop(database: database, now: now, logger: logger)
        // Shut down in reverse: the doors first, then what they feed.
        var services: [any Service] = [retention, messages.proofs(logger: logger), outbox, engine, journal]
        services.append(
            Door(
                setting: "agents", endpoint: settings.agents,
                server: try port.service(on: settings.agents.address, logger: logger)))
        services.append(Door(setting: "web", endpoint: settings.web, server: try web(api, authority)))
        if let plain = settings.plainHTTP {
            services.append(Door(setting: "plain-http", endpoint: plain, server: try plainWeb(api, plain)))
        }
        logger.notice(
            "Serving",
            metadata: [
                "web": "\(settings.web)", "agents": "\(settings.agents)",
                "plain": "\(settings.plainHTTP.map(\.description) ?? "off")", "state": "\(folder)",
            ])
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func web(_ api: APIServices, _ authority: Authority) throws -> some Service {
        let portal = try Portal(api: api, steps: steps, isSecure: true)
        return Application(
            router: portal.router(), server: try .tls(tlsConfiguration: authority.tlsConfiguration(knowsAgents: false)),
            configuration: .init(address: settings.web.address, serverName: nil), logger: logger)
    }

    private func plainWeb(_ api: APIServices, _ endpoint: CollectorSettings.Endpoint) throws -> some Service {
        let portal = try Portal(api: api, steps: steps, isSecure: false)
        return Application(
            router: portal.router(), configuration: .init(address: endpoint.address, serverName: nil), logger: logger)
    }

    private func grantLocalAccess(_ api: APIServices) async throws {
        let plain = settings.plainHTTP
        try await LocalAccess.grant(
            url: plain.map { "http://\($0)" } ?? "https://127.0.0.1:\(settings.web.port)",
            pinnedKey: plain == nil ? api.fingerprint.description : "", to: FirstAdministrator.name,
            folder: settings.stateFolder, database: api.database, at: now())
    }

    private var agentsAddress: String { "https://\(reachableHost):\(settings.agents.port)" }

    /// Empty when machines that reach the agents' port do not reach this one.
    private var webAddress: String {
        settings.web.isLoopback && !settings.agents.isLoopback ? "" : "https://\(reachableHost):\(settings.web.port)"
    }

    /// Under which agents find this machine.
    private var reachableHost: String {
        let host =
            if !settings.address.isEmpty {
                settings.address
            } else if settings.agents.isLoopback {
                "127.0.0.1"
            } else {
                settings.names.first ?? ProcessInfo.processInfo.hostName
            }
        return host.contains(":") ? "[\(host)]" : host
    }

    /// What the collector's certificate is for: every name somebody may reach it by.
    private func serverNames() -> [String] {
        var names = ["localhost", "127.0.0.1", "::1", ProcessInfo.processInfo.hostName] + settings.names
        if !settings.address.isEmpty { names.append(settings.address) }
        var seen: Set<String> = []
        return names.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// How a person types `haidang` here: from PATH once it is installed, else beside this program.
    private var commandLine: String {
        let own = CommandLine.arguments.first ?? ""
        guard let slash = own.lastIndex(of: "/"), !own.hasPrefix("/usr/") else { return "haidang" }
        return own[...slash] + "haidang"
    }

    /// A province to look at: beside the sources, or where the package puts it.
    private var example: String? {
        let file = "examples/binhduong/province.yaml"
        return ["deploy/\(file)", "/usr/share/haidang/\(file)"].first(where: FileManager.default.fileExists)
    }

    private var steps: FirstSteps {
        // The agent stops for forty seconds: its silence is noticed after twenty, and its return at once.
        FirstSteps(
            enrolMachine: "\(commandLine) enrol-token", loadSites: example.map { "\(commandLine) apply -f \($0)" },
            breakSomething: "kill -STOP $(pidof haidang-agent); sleep 40; kill -CONT $(pidof haidang-agent)")
    }
}

extension CollectorSettings.Endpoint {
    var address: BindAddress { .hostname(host, port: port) }
}
