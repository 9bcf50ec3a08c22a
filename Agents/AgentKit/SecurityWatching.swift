internal import ServiceLifecycle
package import Vocabulary

/// What one look at a machine's security found, what is to be kept with it, and what it could not see.
package struct SecurityLook: Sendable {
    package var findings: [Finding]
    /// By name; kept together with the findings, or not at all.
    package var documents: [String: [UInt8]]
    package var blindSpots: [BlindSpot]

    package init(findings: [Finding], documents: [String: [UInt8]], blindSpots: [BlindSpot]) {
        self.findings = findings
        self.documents = documents
        self.blindSpots = blindSpots
    }
}

/// Looks at this machine's security every five seconds and hands on what was found.
///
/// Five: some findings take two looks, and fifteen seconds after the event all of them have to be with the collector.
package final class SecurityWatching: Service {
    private static let interval = Duration.seconds(5)

    private let look: @Sendable () async -> SecurityLook
    private let batching: Batching
    private let status: AgentStatus
    private let time: any Timekeeper
    private let closing = Bell()

    package init(
        batching: Batching, status: AgentStatus, time: any Timekeeper,
        look: @escaping @Sendable () async -> SecurityLook
    ) {
        self.look = look
        self.batching = batching
        self.status = status
        self.time = time
    }

    package func run() async {
        await withGracefulShutdownHandler {
            while !closing.isClosed, !Task.isCancelled {
                let seen = await look()
                status.watches(without: seen.blindSpots)
                batching.take(seen.findings, keeping: seen.documents)
                await closing.wait(until: time.monotonic + Self.interval, time)
            }
        } onGracefulShutdown: {
            self.closing.close()
        }
    }
}
