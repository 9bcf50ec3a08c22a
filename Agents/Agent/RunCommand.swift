import AgentKit
import ArgumentParser
import CLinux
import CollectorWatch
import Credentials
import Glibc
import Gzip
import HostFacts
import HostWatch
import Logging
import ServiceLifecycle
import Sockets
import Spool
import StateFolder
import UnixSignals
import Vocabulary

/// `haidang-agent run`: what systemd starts.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure and report until told to stop.")

    @OptionGroup var options: AgentOptions

    func run() async throws {
        linux_keep_heap_small()
        OpenFiles.allowMost()
        let read = try options.read()
        let settings = read.agent
        let folder = settings.stateFolder
        let level = Logger.Level(rawValue: settings.logLevel) ?? .info
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let log = Logger(label: "haidang.agent")
        guard Identity.exists(in: folder) else {
            throw StateError(path: folder, problem: "this machine is not enrolled; `haidang-agent enrol TOKEN` does it")
        }
        // Two agents on one spool would deliver each other's reports.
        let lock = try StateLock(folder: folder, holder: "haidang-agent")
        defer { withExtendedLifetime(lock) {} }
        let identity = try Identity(folder: folder)
        let seal = try StateSeal(folder: folder)
        let engines = try Engines(pluginFolder: settings.pluginFolder)
        let spool = try Spool(path: "\(folder)/spool.sqlite", bounds: settings.spool, notice: { log.warning("\($0)") })
        let facts = HostFacts()
        let watch = HostWatch(facts: facts) { name in
            do {
                return try await spool.kept(name)
            } catch {
                log.error("What was watched before cannot be read", metadata: ["problem": "\(error)"])
                return nil
            }
        }
        let sightless = engines.icmp.blindSpots
        let link = MutualLink(engine: engines.curl, identity: identity, folder: folder, log: log)
        let hearing = Hearing()
        let heard = HeardLink(link, hearing: hearing)
        let instance = UInt64.random(in: 1 ... .max)
        let assembly = AgentAssembly(
            .init(
                programVersion: Version.text, hostname: Host.name, instance: instance, catalogue: engines.catalogue,
                spool: spool, secrets: engines.secrets,
                seal: Seal(seal: { try seal.seal($0) }, open: { try seal.open($0) }), link: heard,
                compress: { try gzip($0) },
                readFacts: {
                    let sheet = facts.read()
                    return (sheet.facts, sightless + sheet.blindSpots)
                }, watch: { await watch.securityLook() }, followPath: { await engines.followPath(of: $0) },
                concurrency: settings.concurrency, executor: engines.poller.executor,
                time: PollerTime(poller: engines.poller), log: log))
        await assembly.keeper.restore()
        log.notice("Running", metadata: ["collector": "\(identity.collector)", "state": "\(folder)"])
        let renewal = Renewal(link: link, folder: folder, instance: instance, log: log)
        var services: [any Service] = [renewal] + assembly.services
        if read.deadMan.isOn {
            services.append(
                DeadManWatch.stage(
                    read, collector: identity.collector, link: heard, hearing: hearing, engine: engines.curl, log: log))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: log))
        try await group.run()
        await watch.close()
        engines.close()
    }
}

extension HostWatch {
    fileprivate func securityLook() async -> SecurityLook {
        let sight = await look(at: SystemTime().wall)
        // The list of packages is a megabyte, taken apart and let go.
        if sight.hasReadMuch { linux_give_back_heap() }
        for finding in sight.findings where finding.severity == .high {
            Logger(label: "haidang.agent").warning(
                "Found", metadata: ["rule": "\(finding.rule)", "subject": "\(finding.subject)"])
        }
        return SecurityLook(
            findings: sight.findings,
            documents: Dictionary(sight.memory.map { ($0.name, $0.body) }) { _, last in last },
            blindSpots: sight.blindSpots)
    }
}
