package import Logging
package import ProbeKit
package import Spool
internal import Vocabulary
internal import Wire

/// Keeps the agent's assignment the one that the collector names.
///
/// An actor, because what it knows is guarded across the fetch; the uplink calls it between two deliveries.
package actor AssignmentKeeper {
    private static let document = "sealed-assignment"
    /// What agents kept before they were sent secrets.
    private static let plainDocument = "assignment"
    /// A version that was fetched and could not be read is not asked for again at every heartbeat.
    private static let again = Duration.seconds(60)

    private let catalogue: Catalogue
    private let link: any CollectorLink
    private let spool: Spool
    private let secrets: SentSecrets
    private let seal: Seal
    private let measuring: Measuring
    private let status: AgentStatus
    private let time: any Timekeeper
    private let log: Logger
    private var unreadable: (version: String, since: ContinuousClock.Instant)?

    package init(
        catalogue: Catalogue, link: any CollectorLink, spool: Spool, secrets: SentSecrets, seal: Seal,
        measuring: Measuring, status: AgentStatus, time: any Timekeeper, log: Logger
    ) {
        self.catalogue = catalogue
        self.link = link
        self.spool = spool
        self.secrets = secrets
        self.seal = seal
        self.measuring = measuring
        self.status = status
        self.time = time
        self.log = log
    }

    /// Takes up the last good assignment from the disk: a restarted agent measures even while its collector is away.
    package func restore() async {
        do {
            guard let bytes = try await kept() else { return }
            adopt(try Assignment(decoding: bytes, catalogue: catalogue))
        } catch {
            log.error("the kept assignment cannot be used", metadata: ["problem": "\(error)"])
        }
    }

    private func kept() async throws -> [UInt8]? {
        if let sealed = try await spool.kept(Self.document) { return try seal.open(sealed) }
        return try await spool.kept(Self.plainDocument)
    }

    /// Fetches the assignment when the collector names another version than the one that is run.
    package func follow(_ version: String) async {
        guard !version.isEmpty, version != status.assignmentVersion else { return }
        let now = time.monotonic
        if let unreadable, unreadable.version == version, now - unreadable.since < Self.again { return }
        switch await link.get("/agent/v1/assignment") {
        case .failure(let error):
            log.warning("the assignment cannot be fetched", metadata: ["problem": "\(error)"])
        case .success(let reply) where !reply.isGood:
            log.warning("the assignment is not given out", metadata: ["status": "\(reply.status)"])
        case .success(let reply):
            await take(reply.body, named: version)
        }
    }

    private func take(_ bytes: [UInt8], named version: String) async {
        do {
            let assignment = try Assignment(decoding: bytes, catalogue: catalogue)
            adopt(assignment)
        } catch {
            unreadable = (version, time.monotonic)
            log.error("the assignment cannot be read; the last one stays", metadata: ["problem": "\(error)"])
            return
        }
        unreadable = nil
        do {
            try await spool.keep(try seal.seal(bytes), as: Self.document)
        } catch {
            log.error("the assignment cannot be kept for the next start", metadata: ["problem": "\(error)"])
        }
    }

    private func adopt(_ assignment: Assignment) {
        // Before the checks that ask with them.
        secrets.replace(with: assignment.secrets)
        measuring.adopt(assignment)
        for refused in assignment.refused {
            log.warning(
                "cannot run a check", metadata: ["check": "\(refused.check.rawValue)", "problem": "\(refused.problem)"])
        }
        log.info(
            "assignment taken", metadata: ["version": "\(assignment.version)", "checks": "\(assignment.checks.count)"])
    }
}
