internal import SwiftProtobuf
package import Vocabulary

/// What an agent last said of itself.
package struct Presence: Sendable {
    package var programVersion = ""
    package var started: Instant?
    package var checks = 0
    package var spooledReports: UInt64 = 0
    package var spooledBytes: UInt64 = 0
    package var oldestSpooled: Instant?
    /// Reports that the spool had to drop, of whatever class.
    package var dropped: UInt64 = 0
    package var skippedRuns: UInt64 = 0
    package var refusedReports: UInt64 = 0
    package var blindSpots: [BlindSpot] = []
    /// Checks it was given and cannot run, and why.
    package var refusedChecks: [(check: CheckName, problem: String)] = []

    package init(_ message: ProtoPresence) {
        programVersion = message.programVersion
        started = message.started == 0 ? nil : Instant(microseconds: message.started)
        checks = Int(message.checks)
        spooledReports = message.spooledReports
        spooledBytes = message.spooledBytes
        oldestSpooled = message.oldestSpooled == 0 ? nil : Instant(microseconds: message.oldestSpooled)
        dropped = message.droppedSamples &+ message.droppedStates &+ message.droppedFacts
        skippedRuns = message.skippedRuns
        refusedReports = message.refusedReports
        blindSpots = message.blindSpots.map { BlindSpot($0.code, detail: $0.detail, remedy: $0.remedy) }
        refusedChecks = message.refusedChecks.map { (CheckName(rawValue: $0.check), $0.problem) }
    }

    /// The message as the store kept it; bytes that do not read, and no bytes, give an agent that said nothing.
    package init(_ bytes: [UInt8]) {
        do {
            self.init(try ProtoPresence(serializedBytes: bytes))
        } catch {
            self.init(ProtoPresence())
        }
    }
}
