internal import Spool
internal import Synchronization
package import Vocabulary
internal import Wire

/// What the agent is right now, as its stages report it; the uplink makes the Presence of it.
package final class AgentStatus: Sendable {
    private struct State {
        var assignmentVersion = ""
        var checks = 0
        var refused: [Assignment.Refused] = []
        var blindSpots: [BlindSpot] = []
        /// What watching cannot see, beside what reading facts cannot.
        var unwatched: [BlindSpot] = []
        var skipped: UInt64 = 0
        var clockStep = Duration.zero
    }

    private let state = Mutex(State())
    private let programVersion: String
    private let started: Instant
    private let hostname: String
    private let instance: UInt64

    package init(programVersion: String, started: Instant, hostname: String, instance: UInt64) {
        self.programVersion = programVersion
        self.started = started
        self.hostname = hostname
        self.instance = instance
    }

    package var assignmentVersion: String { state.withLock { $0.assignmentVersion } }

    func adopted(_ assignment: Assignment) {
        state.withLock { state in
            state.assignmentVersion = assignment.version
            state.checks = assignment.checks.count
            state.refused = assignment.refused
        }
    }

    func skipped(_ runs: UInt64) {
        state.withLock { $0.skipped = runs }
    }

    func sees(_ blindSpots: [BlindSpot]) {
        state.withLock { $0.blindSpots = blindSpots }
    }

    func watches(without blindSpots: [BlindSpot]) {
        state.withLock { $0.unwatched = blindSpots }
    }

    func clockStepped(by step: Duration) {
        state.withLock { $0.clockStep += step }
    }

    /// The collector knows of this step now; what came since stays to be told.
    func toldClockStep(_ microseconds: Int64) {
        state.withLock { $0.clockStep -= .microseconds(microseconds) }
    }

    func presence(spool: SpoolState, now: Instant) -> ProtoPresence {
        let state = state.withLock { $0 }
        var presence = ProtoPresence()
        presence.programVersion = programVersion
        presence.now = now.microseconds
        presence.started = started.microseconds
        presence.hostname = hostname
        presence.instance = instance
        presence.assignmentVersion = state.assignmentVersion
        presence.checks = UInt32(clamping: state.checks)
        presence.spooledReports = spool.reports.total
        presence.spooledBytes = UInt64(clamping: spool.bytes)
        presence.oldestSpooled = spool.oldest?.microseconds ?? 0
        presence.droppedSamples = spool.dropped.samples
        presence.droppedStates = spool.dropped.states
        presence.droppedFacts = spool.dropped.facts
        presence.droppedFindings = spool.dropped.findings
        presence.clockStep = state.clockStep.wholeMicroseconds
        presence.skippedRuns = state.skipped
        presence.refusedReports = spool.refused
        let known = Set(state.blindSpots.map(\.code))
        var blindSpots = state.blindSpots + state.unwatched.filter { !known.contains($0.code) }
        if spool.damagedFiles > 0 {
            blindSpots.append(
                BlindSpot(
                    "spool-damaged", detail: "\(spool.damagedFiles) damaged spool files moved aside, ever", remedy: ""))
        }
        presence.blindSpots = blindSpots.map { spot in
            var message = ProtoBlindSpot()
            message.code = spot.code
            message.detail = clipped(spot.detail, to: 1000)
            message.remedy = clipped(spot.remedy, to: 1000)
            return message
        }
        presence.refusedChecks = state.refused.prefix(1000).map { refused in
            var message = ProtoRefusedCheck()
            message.check = refused.check.rawValue
            message.problem = refused.problem
            return message
        }
        return presence
    }
}
