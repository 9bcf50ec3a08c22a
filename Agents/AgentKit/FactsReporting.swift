internal import ServiceLifecycle
package import Vocabulary
internal import Wire

/// Reads this machine's facts at the start and every minute, and hands them on; only news travels.
///
/// A minute: reading is cheap, and a port that listens for a few seconds while a service restarts is mostly not seen
/// at all, while one that stays is known a minute later.
package final class FactsReporting: Service {
    private static let interval = Duration.seconds(60)

    private let readFacts: @Sendable () async -> (facts: [Fact], blindSpots: [BlindSpot])
    private let batching: Batching
    private let status: AgentStatus
    private let time: any Timekeeper
    private let closing = Bell()

    package init(
        batching: Batching, status: AgentStatus, time: any Timekeeper,
        readFacts: @escaping @Sendable () async -> (facts: [Fact], blindSpots: [BlindSpot])
    ) {
        self.readFacts = readFacts
        self.batching = batching
        self.status = status
        self.time = time
    }

    package func run() async {
        await withGracefulShutdownHandler {
            while !closing.isClosed, !Task.isCancelled {
                await read()
                await closing.wait(until: time.monotonic + Self.interval, time)
            }
        } onGracefulShutdown: {
            self.closing.close()
        }
    }

    package func read() async {
        let seen = time.wall
        let (facts, blindSpots) = await readFacts()
        status.sees(blindSpots)
        // A machine always has facts: none at all means that they could not be read.
        guard !facts.isEmpty else { return }
        batching.take(FactSheet(asset: "", source: "agent", seen: seen, facts: facts))
    }
}
