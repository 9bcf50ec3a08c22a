import Synchronization

/// An exchange as its caller and the engine's thread know it: who waits for it, what is asked next, and where the ledger
/// has it.
final class UDPTicket: Sendable {
    typealias Next = @Sendable (UDPResult) -> UDPExchange?

    let pending = Pending<UDPResult>()
    /// What is to be asked when it is over.
    let next: Next?
    /// Nil until the thread has begun it.
    let place = Mutex<UDPLedger<UDPTicket>.Place?>(nil)

    init(next: Next?) {
        self.next = next
    }
}
