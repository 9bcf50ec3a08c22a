import Detection
import Gzip
import Hummingbird
import Logging
import NIOCore
import SwiftProtobuf
import Vocabulary
import Wire

/// POST /agent/v1/report: takes reports in; what it accepts is durable when the answer goes out.
struct ReportRoute: Sendable {
    let journal: JournalWriter
    let assignments: Assignments
    let instances: InstanceLedger
    let now: @Sendable () -> Instant

    func handle(_ request: Request, context: AgentContext) async throws -> Response {
        guard let agent = context.agent else { throw Refusal(.unauthorized, "no-certificate", "who are you?") }
        let received = now()
        var delivery = try await read(request)
        if let presence = delivery.presence {
            delivery.presence = try await witness(presence, of: agent, received: received, context)
        }
        try await keep(delivery, of: agent, received: received)
        for (sequence, problem) in delivery.refused {
            context.logger.warning(
                "Report refused", metadata: ["agent": "\(agent)", "sequence": "\(sequence)", "problem": "\(problem)"])
        }
        var reply = ProtoDeliveryReply()
        reply.accepted = delivery.sound.map(\.sequence)
        reply.refused = delivery.refused.map { sequence, problem in
            var refused = ProtoRefusedReport()
            refused.sequence = sequence
            refused.problem = problem.description
            return refused
        }
        reply.assignmentVersion = try await assignments.version(of: agent)
        return try Response(message: reply)
    }

    private func read(_ request: Request) async throws -> DeliveryReading {
        let compressed = try await request.bytes(upTo: Limits.compressedBytes)
        do {
            return try DeliveryReading(gunzip(compressed, limit: Limits.deliveryBytes))
        } catch let error as WireError {
            throw Refusal(.badRequest, error.place == "delivery.version" ? "wrong-version" : "malformed", "\(error)")
        } catch {
            throw Refusal(.badRequest, "malformed", "the body is not gzip: \(error)")
        }
    }

    /// Refuses what a copy of the agent says; the copy keeps it in its spool. The original's presence names the copies.
    private func witness(
        _ presence: ProtoPresence, of agent: String, received: Instant, _ context: AgentContext
    ) async throws -> ProtoPresence {
        var presence = presence
        presence.address = context.peer
        presence.others = []
        // Agents from before there were such numbers cannot be told apart.
        guard presence.instance != 0 else { return presence }
        let origin = InstanceWatch.Origin(address: context.peer, hostname: String(presence.hostname.prefix(255)))
        let (standing, isNews) = try await instances.hear(presence.instance, from: origin, as: agent, at: received)
        if isNews {
            context.logger.error(
                "Two machines report as one agent: a cloned disk is suspected",
                metadata: ["agent": "\(agent)", "from": "\(origin.address)", "host": "\(origin.hostname)"])
        }
        presence.hostname = origin.hostname
        switch standing {
        case .alone: break
        case .original(let others): presence.others = others.map(ProtoSighting.init)
        case .copy(of: let original): throw Refusal.copy(of: original)
        }
        return presence
    }

    private func keep(_ delivery: DeliveryReading, of agent: String, received: Instant) async throws {
        let presence: [UInt8]? = try delivery.presence?.serializedBytes()
        do {
            try await journal.append(
                JournalWriter.Arrival(
                    agent: agent, stream: delivery.stream, received: received,
                    clockOffset: delivery.clockOffset(at: received), presence: presence, reports: delivery.sound))
        } catch {
            // A full disk, most likely. The agent keeps what it has and comes again.
            throw Refusal(.serviceUnavailable, "not-durable", "the journal could not be written: \(error)")
        }
    }
}

extension ProtoSighting {
    fileprivate init(_ instance: InstanceWatch.Instance) {
        self.init()
        self.instance = instance.number
        address = instance.origin.address
        hostname = instance.origin.hostname
        heard = instance.heard.microseconds
    }
}

extension Request {
    /// The whole body; refused by size before it is read to its end.
    func bytes(upTo limit: Int) async throws -> [UInt8] {
        var buffer = ByteBuffer()
        for try await part in body {
            guard buffer.readableBytes + part.readableBytes <= limit else {
                throw Refusal(.contentTooLarge, "too-large", "the body has more than \(limit) bytes")
            }
            buffer.writeImmutableBuffer(part)
        }
        return Array(buffer.readableBytesView)
    }
}
