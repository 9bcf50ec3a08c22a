import AgentKit
import Spool
import SwiftProtobuf
import Synchronization
import Wire

/// Stands for the collector: takes each (stream, sequence) once, and fails as it is told.
final class CollectorStandIn: CollectorLink {
    enum Mood: Sendable {
        case good
        case lostRequest
        /// Taken, but the agent never hears of it.
        case lostReply
        /// A status with a Refusal of that code; an empty code sends a body that is none.
        case refuse(status: Int, code: String)
        /// Takes the first report only.
        case partial
    }

    struct Key: Hashable, Sendable {
        var stream: UInt64
        var sequence: UInt64
    }

    struct State: Sendable {
        var effects: [Key: [UInt8]] = [:]
        var refused: Set<UInt64> = []
        /// The sequences of each delivery that came through, in its order.
        var deliveries: [[UInt64]] = []
        var presences: [ProtoPresence] = []
        var assignment: [UInt8] = []
        var assignmentVersion = ""
        var fetches = 0
    }

    let state = Mutex(State())
    private let mood: @Sendable (ProtoDelivery) -> Mood
    private let badReports: @Sendable (UInt64) -> Bool
    private let heard: Bell

    init(
        heard: Bell = Bell(), badReports: (@Sendable (UInt64) -> Bool)? = nil,
        mood: @escaping @Sendable (ProtoDelivery) -> Mood
    ) {
        self.heard = heard
        self.badReports = badReports ?? { _ in false }
        self.mood = mood
    }

    /// One that is always well.
    convenience init(heard: Bell = Bell(), badReports: (@Sendable (UInt64) -> Bool)? = nil) {
        self.init(heard: heard, badReports: badReports, mood: { _ in .good })
    }

    func post(_ path: String, body: [UInt8]) async -> Result<LinkReply, LinkError> {
        guard path == "/agent/v1/report", let delivery = try? ProtoDelivery(serializedBytes: body) else {
            return .success(LinkReply(status: 404, body: []))
        }
        defer { heard.ring() }
        let mood = mood(delivery)
        switch mood {
        case .lostRequest: return .failure(LinkError("connection refused"))
        case .refuse(let status, let code):
            var refusal = ProtoRefusal()
            refusal.code = code
            return .success(LinkReply(status: status, body: (try? refusal.serializedBytes()) ?? []))
        case .good, .lostReply, .partial: break
        }
        let reply = state.withLock { state in
            var reply = ProtoDeliveryReply()
            state.deliveries.append(delivery.reports.map(\.sequence))
            state.presences.append(delivery.presence)
            var reports = delivery.reports[...]
            if case .partial = mood { reports = reports.prefix(1) }
            for report in reports {
                if badReports(report.sequence) {
                    var refused = ProtoRefusedReport()
                    refused.sequence = report.sequence
                    refused.problem = "bad"
                    reply.refused.append(refused)
                    state.refused.insert(report.sequence)
                } else {
                    state.effects[Key(stream: delivery.stream, sequence: report.sequence)] = [UInt8](report.body)
                    reply.accepted.append(report.sequence)
                }
            }
            reply.assignmentVersion = state.assignmentVersion
            return reply
        }
        if case .lostReply = mood { return .failure(LinkError("timed out")) }
        return .success(LinkReply(status: 200, body: (try? reply.serializedBytes()) ?? []))
    }

    func get(_ path: String) async -> Result<LinkReply, LinkError> {
        state.withLock { state in
            state.fetches += 1
            return .success(LinkReply(status: 200, body: state.assignment))
        }
    }

    /// Every report the collector has, decoded, in order of number.
    func reports() throws -> [Report] {
        let effects = state.withLock { $0.effects }
        return try effects.sorted { $0.key.sequence < $1.key.sequence }.map { try Report(decoding: $0.value) }
    }
}
