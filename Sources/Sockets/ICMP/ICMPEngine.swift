package import Vocabulary

/// Pings any number of addresses at a time through one socket per family and one thread.
///
/// Times are the kernel's, by its receive timestamps. Raw sockets when this process may, else ping sockets; when
/// neither, every ping says so in `refusal`, and `blindSpots` says what would help.
package final class ICMPEngine: Sendable {
    package let availability: [AddressFamily: ICMPAvailability]
    package let blindSpots: [BlindSpot]
    private let loop: ICMPLoop
    private let thread: BackgroundThread

    /// `program`: the path of the running program, for the remedy. `kinds`: which sockets to try, in order.
    package init(program: String, trying kinds: [ICMPAvailability.Socket] = [.raw, .unprivileged]) throws(SystemError) {
        var randomness = SystemRandomNumberGenerator()
        let identifier = UInt16.random(in: 1...UInt16.max, using: &randomness)
        var sockets: [AddressFamily: ICMPSocket] = [:]
        var refusals: [AddressFamily: SystemError] = [:]
        var availability: [AddressFamily: ICMPAvailability] = [:]
        for family in AddressFamily.allCases {
            var words: [String] = []
            for kind in kinds where sockets[family] == nil {
                do throws(SystemError) {
                    sockets[family] = try ICMPSocket(family, kind, identifier: identifier)
                    availability[family] = kind == .raw ? .raw : .unprivileged
                } catch {
                    // The first is the one that the remedy lifts.
                    refusals[family] = refusals[family] ?? error
                    words.append("\(kind == .raw ? "raw socket" : "ping socket"): \(error.text)")
                }
            }
            if sockets[family] == nil { availability[family] = .refused(words.joined(separator: ", ")) }
        }
        let nonce = UInt64.random(in: .min ... .max, using: &randomness)
        let ledger = PingLedger<PingTicket>(
            nonce: nonce, firstSequence: .random(in: 0...UInt16.max, using: &randomness))
        let loop = try ICMPLoop(sockets: sockets, refusals: refusals)
        self.availability = availability
        blindSpots = ICMPAvailability.blindSpots(of: availability, program: program)
        self.loop = loop
        thread = try BackgroundThread("icmp") { loop.run(ledger) }
    }

    deinit {
        close()
    }

    /// Sends `count` echo requests, at most 64, `spacing` apart, and returns when every packet has its answer, at the
    /// deadline, or with what there is when the task is cancelled.
    package func ping(
        _ address: SocketAddress, count: Int = 1, spacing: Duration = .milliseconds(200),
        manner: EchoManner = EchoManner(), until deadline: ContinuousClock.Instant
    ) async -> PingResult {
        let ticket = PingTicket()
        let order = PingOrder(
            address, count: count, spacing: spacing, deadline: Moment(deadline), manner: manner)
        loop.start(order, ticket)
        return await withTaskCancellationHandler {
            await ticket.pending.value()
        } onCancel: {
            loop.cancel(ticket)
        }
    }

    /// Where a task that pings is best run: nothing of it goes from thread to thread. It must not block there, nor work
    /// longer than microseconds at a time.
    package var executor: any TaskExecutor { loop.inbox }

    /// Ends all pings with what they have, and the thread; harmless the second time.
    package func close() {
        guard loop.inbox.stop() else { return }
        if thread.isCurrent { thread.detach() } else { thread.join() }
    }
}
