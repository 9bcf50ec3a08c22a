import Glibc

extension Poller {
    /// Closes a connected TCP socket the way both sides expect: says goodbye, reads what the peer still sends, and lets
    /// go at its goodbye or after `patience`. Closing with unread bytes would send a reset, which servers log.
    package func closeGently(_ socket: consuming Descriptor, patience: Duration = .seconds(1)) {
        let number = socket.release()
        shutdown(number, Int32(SHUT_WR))
        drain(number, until: ContinuousClock.now + patience)
    }

    private func drain(_ number: Int32, until deadline: ContinuousClock.Instant) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        // A peer that never stops talking is read this often and then cut off.
        for _ in 0..<64 {
            let count = read(number, &buffer, buffer.count)
            if count > 0 || (count < 0 && errno == EINTR) { continue }
            if count < 0, errno == EAGAIN {
                let loop = WeakPoller(self)
                watch(.init(descriptor: number, interest: .readable), until: deadline) { wake in
                    guard wake == .ready, let poller = loop.poller else {
                        _ = Glibc.close(number)
                        return
                    }
                    poller.drain(number, until: deadline)
                }
                return
            }
            break
        }
        _ = Glibc.close(number)
    }
}

/// A closing socket must not keep its poller alive.
private struct WeakPoller: Sendable {
    weak let poller: Poller?

    init(_ poller: Poller) {
        self.poller = poller
    }
}
