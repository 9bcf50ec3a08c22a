import Sockets
import Synchronization

/// One question at a time to a device: some keep a session for every connection, and have few.
final class DeviceTurns: Sendable {
    private let taken = Mutex<Set<SocketAddress>>([])
    private let poller: Poller
    /// How often whoever waits looks again.
    private static let pause = Duration.milliseconds(10)

    init(poller: Poller) {
        self.poller = poller
    }

    /// Whether it is the caller's turn; it then has to `leave`.
    func enter(_ device: SocketAddress, until deadline: ContinuousClock.Instant) async -> Bool {
        while true {
            if taken.withLock({ $0.insert(device).inserted }) { return true }
            let next = ContinuousClock.now + Self.pause
            guard next < deadline, await poller.sleep(until: next) == .expired else { return false }
        }
    }

    func leave(_ device: SocketAddress) {
        taken.withLock { _ = $0.remove(device) }
    }
}
