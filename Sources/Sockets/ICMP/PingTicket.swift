import Synchronization

/// A ping as its caller and the engine's thread know it: who waits for it, and where the ledger has it.
final class PingTicket: Sendable {
    let pending = Pending<PingResult>()
    /// Nil until the thread has begun it.
    let place = Mutex<PingLedger<PingTicket>.Place?>(nil)
}
