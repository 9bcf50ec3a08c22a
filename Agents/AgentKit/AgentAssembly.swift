package import Logging
package import ProbeKit
package import ServiceLifecycle
package import Spool
package import Vocabulary

/// The agent's stages, put together: what `main` hands to a `ServiceGroup`.
package struct AgentAssembly: Sendable {
    /// What the agent is made of, from outside this room.
    package struct Parts: Sendable {
        package var programVersion: String
        package var hostname: String
        /// Of this process: random, so that the collector can tell a copy of this machine from a restart.
        package var instance: UInt64
        package var catalogue: Catalogue
        package var spool: Spool
        /// Where the probes look for the secrets that come with the assignment.
        package var secrets: SentSecrets
        package var seal: Seal
        package var link: any CollectorLink
        /// gzip.
        package var compress: @Sendable ([UInt8]) throws -> [UInt8]
        package var readFacts: @Sendable () async -> (facts: [Fact], blindSpots: [BlindSpot])
        /// One look at this machine's security; nil where nobody looks.
        package var watch: (@Sendable () async -> SecurityLook)?
        /// Follows the path to the target of a check; nil where nobody can.
        package var followPath: (@Sendable (Check) async -> FollowedPath?)?
        package var concurrency: Int
        /// Where measuring goes on between the questions.
        package var executor: any TaskExecutor
        /// Whether any network interface of this machine is connected.
        package var hasCarrier: @Sendable () -> Bool
        package var time: any Timekeeper
        package var chance: @Sendable () -> Double
        package var log: Logger

        package init(
            programVersion: String, hostname: String = "", instance: UInt64 = .random(in: 1 ... .max),
            catalogue: Catalogue, spool: Spool, secrets: SentSecrets = SentSecrets(), seal: Seal = .none,
            link: any CollectorLink,
            compress: @escaping @Sendable ([UInt8]) throws -> [UInt8],
            readFacts: @escaping @Sendable () async -> (facts: [Fact], blindSpots: [BlindSpot]),
            watch: (@Sendable () async -> SecurityLook)? = nil,
            followPath: (@Sendable (Check) async -> FollowedPath?)? = nil,
            concurrency: Int = AgentSettings().concurrency,
            executor: any TaskExecutor = globalConcurrentExecutor,
            hasCarrier: @escaping @Sendable () -> Bool = { Carrier.isPresent() },
            time: any Timekeeper = SystemTime(),
            chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }, log: Logger
        ) {
            self.programVersion = programVersion
            self.hostname = hostname
            self.instance = instance
            self.catalogue = catalogue
            self.spool = spool
            self.secrets = secrets
            self.seal = seal
            self.link = link
            self.compress = compress
            self.readFacts = readFacts
            self.watch = watch
            self.followPath = followPath
            self.concurrency = concurrency
            self.executor = executor
            self.hasCarrier = hasCarrier
            self.time = time
            self.chance = chance
            self.log = log
        }
    }

    package let status: AgentStatus
    package let batching: Batching
    package let measuring: Measuring
    package let paths: PathFollowing?
    package let facts: FactsReporting
    package let watching: SecurityWatching?
    package let keeper: AssignmentKeeper
    package let uplink: Uplink

    package init(_ parts: Parts) {
        let (time, log) = (parts.time, parts.log)
        let bell = Bell()
        let beliefs = Beliefs(hasCarrier: parts.hasCarrier, chance: parts.chance)
        status = AgentStatus(
            programVersion: parts.programVersion, started: time.wall, hostname: parts.hostname,
            instance: parts.instance)
        batching = Batching(spool: parts.spool, beliefs: beliefs, uplink: bell, time: time, log: log)
        let (batching, status) = (batching, status)
        paths = parts.followPath.map { PathFollowing(batching: batching, time: time, follow: $0) }
        measuring = Measuring(
            beliefs: beliefs, batching: batching, paths: paths, status: status, concurrency: parts.concurrency,
            executor: parts.executor, time: time, log: log)
        facts = FactsReporting(batching: batching, status: status, time: time, readFacts: parts.readFacts)
        watching = parts.watch.map {
            SecurityWatching(batching: batching, status: status, time: time, look: $0)
        }
        keeper = AssignmentKeeper(
            catalogue: parts.catalogue, link: parts.link, spool: parts.spool, secrets: parts.secrets,
            seal: parts.seal, measuring: measuring, status: status, time: time, log: log)
        uplink = Uplink(
            spool: parts.spool, link: parts.link, keeper: keeper, status: status, bell: bell,
            compress: parts.compress, chance: parts.chance, time: time, log: log)
    }

    /// The stages in the order for a `ServiceGroup`, which stops them from the last to the first: measuring ends,
    /// then the open batch is sealed, then the uplink delivers once more.
    package var services: [any Service] {
        [uplink, batching, facts, measuring] + (watching.map { [$0] } ?? []) + (paths.map { [$0] } ?? [])
    }
}
