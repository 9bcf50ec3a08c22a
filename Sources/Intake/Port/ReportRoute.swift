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
    let now: @Sendable () -> Instant

    func handle(_ request: Request, context: AgentContext) async throws -> Response {
        guard let agent = context.agent else { throw Refusal(.unauthorized, "no-certificate", "who are you?") }
        let received = now()
        let delivery = try await read(request)
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
        reply.assignmentVersion = try await assignments.assignment(of: agent).version
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
