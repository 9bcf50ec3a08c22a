import AgentKit
import Sockets
import Vocabulary

/// The machine's clocks, with a poller to wait for them: a timer of the thread that measures costs it no other thread.
struct PollerTime: Timekeeper {
    /// A tenth of what is seen as jitter of a check a second, and long enough for a dozen of thousands a second.
    private static let moment = Duration.milliseconds(2)

    let poller: Poller

    var wall: Instant { SystemTime().wall }
    var monotonic: ContinuousClock.Instant { .now }

    func sleep(until deadline: ContinuousClock.Instant) async {
        // However it ends, nobody waits here any longer: cancelled, or the program ends.
        _ = await poller.sleep(until: deadline)
    }

    func rest() async { await sleep(until: .now + Self.moment) }
}
