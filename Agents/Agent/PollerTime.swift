import AgentKit
import Sockets
import Vocabulary

/// The machine's clocks, with a poller to wait for them: a timer of the thread that measures costs it no other thread.
struct PollerTime: Timekeeper {
    let poller: Poller

    var wall: Instant { SystemTime().wall }
    var monotonic: ContinuousClock.Instant { .now }

    func sleep(until deadline: ContinuousClock.Instant) async {
        // However it ends, nobody waits here any longer: cancelled, or the program ends.
        _ = await poller.sleep(until: deadline)
    }
}
