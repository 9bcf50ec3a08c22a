package import Logging
internal import ServiceLifecycle
package import Spool
internal import SwiftProtobuf
internal import Vocabulary
internal import Wire

/// Brings the spool to the collector, one delivery at a time, and itself at least every five seconds.
///
/// A report leaves the spool only when the collector has named it, so whatever is lost on the way is sent again under
/// the same number. An actor, because what it learned of the link is guarded across each exchange.
package actor Uplink: Service {
    /// What came of one exchange.
    package enum Exchange: Hashable, Sendable {
        /// All is well; `more` when reports are waiting.
        case delivered(more: Bool)
        case failed(pause: Duration)
    }

    private static let heartbeat = Duration.seconds(5)
    private static let farewell = Duration.seconds(2)

    private let spool: Spool
    private let link: any CollectorLink
    private let keeper: AssignmentKeeper
    private let status: AgentStatus
    private let bell: Bell
    private let closing = Bell()
    private let compress: @Sendable ([UInt8]) throws -> [UInt8]
    private let chance: @Sendable () -> Double
    private let time: any Timekeeper
    private let log: Logger
    private var backoff = Backoff()
    private var size = DeliverySize()
    private var clock = ClockWatch()

    /// - Parameters:
    ///   - bell: rung when there is something new to send.
    ///   - compress: gzip.
    ///   - chance: a random number from 0 to 1.
    package init(
        spool: Spool, link: any CollectorLink, keeper: AssignmentKeeper, status: AgentStatus, bell: Bell,
        compress: @escaping @Sendable ([UInt8]) throws -> [UInt8],
        chance: @escaping @Sendable () -> Double = { .random(in: 0...1) }, time: any Timekeeper, log: Logger
    ) {
        self.spool = spool
        self.link = link
        self.keeper = keeper
        self.status = status
        self.bell = bell
        self.compress = compress
        self.chance = chance
        self.time = time
        self.log = log
    }

    package func run() async {
        let (bell, closing) = (bell, closing)
        await withGracefulShutdownHandler {
            while !bell.isClosed, !Task.isCancelled {
                switch await exchange() {
                case .delivered(more: true): continue
                case .delivered(more: false): await bell.wait(until: time.monotonic + Self.heartbeat, time)
                // News does not cut this short: the pause protects a collector in trouble.
                case .failed(let pause): await closing.wait(until: time.monotonic + pause, time)
                }
            }
            await sayFarewell()
        } onGracefulShutdown: {
            bell.close()
            closing.close()
        }
    }

    /// One last delivery with what the other stages left behind; what does not get through waits in the spool.
    private func sayFarewell() async {
        let time = time
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await self.exchange() }
            group.addTask { await time.sleep(until: time.monotonic + Self.farewell) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Sends one delivery and settles its answer.
    package func exchange() async -> Exchange {
        status.clockStepped(by: clock.look(wall: time.wall, monotonic: time.monotonic))
        do {
            let batch = try await spool.next(bytes: size.bytes, reports: size.reports)
            switch await send(batch, try await spool.state()) {
            case .taken(let reply):
                return try await settle(batch, reply)
            case .refused(let problem, let isTooLarge):
                return try await blame(batch, problem, isTooLarge: isTooLarge)
            case .tooLarge where batch.count > 1:
                size.shrink(from: batch.count)
                return .delivered(more: true)
            case .tooLarge:
                return try await blame(batch, "too large even alone", isTooLarge: true)
            case .failed(let problem):
                return failed(problem)
            }
        } catch {
            return failed("\(error)")
        }
    }

    private enum Sent {
        case taken(ProtoDeliveryReply)
        /// The collector will not have this delivery, however often it comes.
        case refused(String, isTooLarge: Bool)
        /// It was not even sent.
        case tooLarge
        case failed(String)
    }

    private func send(_ batch: [SpooledReport], _ state: SpoolState) async -> Sent {
        let presence = status.presence(spool: state, now: time.wall)
        let body: [UInt8]
        do {
            let plain = try encodedDelivery(stream: state.stream, reports: batch, presence: presence)
            guard plain.count <= Limits.deliveryBytes else { return .tooLarge }
            body = try compress(plain)
        } catch {
            return .failed("a delivery cannot be encoded: \(error)")
        }
        guard body.count <= Limits.compressedBytes else { return .tooLarge }
        switch await link.post("/agent/v1/report", body: body) {
        case .failure(let error):
            return .failed("\(error)")
        case .success(let reply) where reply.isGood:
            do {
                let decoded = try ProtoDeliveryReply(serializedBytes: reply.body)
                if presence.clockStep != 0 { status.toldClockStep(presence.clockStep) }
                return .taken(decoded)
            } catch {
                return .failed("the collector's answer cannot be read: \(error)")
            }
        case .success(let reply):
            return judge(reply)
        }
    }

    private func judge(_ reply: LinkReply) -> Sent {
        let refusal = refusal(in: reply)
        let problem = "status \(reply.status)" + (refusal.map { ", \($0.code): \($0.problem)" } ?? "")
        switch reply.status {
        case 401, 403:
            log.critical(
                "the collector refuses this agent's identity; measuring goes on into the spool",
                metadata: ["problem": "\(problem)"])
            return .failed(problem)
        case 413: return .refused(problem, isTooLarge: true)
        // Without a Refusal it is something on the way that speaks, not the collector.
        case 400 where refusal != nil, 422 where refusal != nil: return .refused(problem, isTooLarge: false)
        default: return .failed(problem)
        }
    }

    private func refusal(in reply: LinkReply) -> ProtoRefusal? {
        do {
            let refusal = try ProtoRefusal(serializedBytes: reply.body)
            return refusal.code.isEmpty ? nil : refusal
        } catch {
            return nil
        }
    }

    private func settle(_ batch: [SpooledReport], _ reply: ProtoDeliveryReply) async throws -> Exchange {
        // Only what was in this delivery: an answer about anything else is not to be believed.
        let sent = Set(batch.map(\.sequence))
        let accepted = reply.accepted.filter { sent.contains($0) }
        let refused = reply.refused.filter { sent.contains($0.sequence) && !accepted.contains($0.sequence) }
        try await spool.remove(acknowledged: accepted)
        for report in refused {
            log.error(
                "the collector refuses a report; it is set aside",
                metadata: ["sequence": "\(report.sequence)", "problem": "\(report.problem)"])
            try await spool.setAside(refused: report.sequence, problem: clipped(report.problem, to: 1000))
        }
        await keeper.follow(reply.assignmentVersion)
        guard batch.isEmpty || !accepted.isEmpty || !refused.isEmpty else {
            return failed("the collector answered, but took none of \(batch.count) reports")
        }
        if backoff.failures > 0 { log.info("the collector is reached again") }
        backoff.succeeded()
        size.succeeded()
        return .delivered(more: try await !spool.state().isEmpty)
    }

    /// A whole delivery was refused: finds out which report is to blame, if any is.
    private func blame(_ batch: [SpooledReport], _ problem: String, isTooLarge: Bool) async throws -> Exchange {
        guard let first = batch.first else { return failed(problem) }
        guard batch.count == 1 else {
            if isTooLarge { size.shrink(from: batch.count) } else { size.isolate(batch.count) }
            return .delivered(more: true)
        }
        // When even an empty delivery is refused, the agent is (its version, say), and no report must go for that.
        guard case .taken = await send([], try await spool.state()) else { return failed(problem) }
        log.error(
            "the collector refuses a delivery for one report; it is set aside",
            metadata: ["sequence": "\(first.sequence)", "problem": "\(problem)"])
        try await spool.setAside(refused: first.sequence, problem: clipped(problem, to: 1000))
        backoff.succeeded()
        size.succeeded()
        return .delivered(more: try await !spool.state().isEmpty)
    }

    private func failed(_ problem: String) -> Exchange {
        let pause = backoff.failed(chance: chance())
        log.warning("a delivery failed", metadata: ["problem": "\(problem)", "again in": "\(pause)"])
        return .failed(pause: pause)
    }
}
