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
    package var hostname = ""
    /// Where its reports come from, as the collector sees it.
    package var address = ""
    /// Others that show this agent's certificate: most likely machines that came up with a copy of its disk.
    package var others: [Sighting] = []

    package struct Sighting: Hashable, Sendable {
        package var address: String
        package var hostname: String
        package var heard: Instant
    }

    package init(_ message: ProtoPresence) {
        programVersion = message.programVersion
        started = message.started == 0 ? nil : Instant(microseconds: message.started)
        checks = Int(message.checks)
        spooledReports = message.spooledReports
        spooledBytes = message.spooledBytes
        oldestSpooled = message.oldestSpooled == 0 ? nil : Instant(microseconds: message.oldestSpooled)
        dropped =
            message.droppedSamples &+ message.droppedStates &+ message.droppedFacts
            &+ message.droppedFindings
        skippedRuns = message.skippedRuns
        refusedReports = message.refusedReports
        blindSpots = message.blindSpots.map { BlindSpot($0.code, detail: $0.detail, remedy: $0.remedy) }
        refusedChecks = message.refusedChecks.map { (CheckName(rawValue: $0.check), $0.problem) }
        hostname = message.hostname
        address = message.address
        others = message.others.map {
            Sighting(address: $0.address, hostname: $0.hostname, heard: Instant(microseconds: $0.heard))
        }
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
