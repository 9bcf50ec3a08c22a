import Glibc
import Sockets

/// What comes out of a pipe: the first bytes, and how many more.
struct Captured: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var dropped = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    private mutating func take(_ piece: some Collection<UInt8>) {
        let kept = piece.prefix(limit - bytes.count)
        bytes += kept
        dropped += piece.count - kept.count
    }

    /// Reads to the end, or until the task is cancelled.
    static func all(
        of process: PluginProcess, errors: Bool, _ poller: Poller, limit: Int
    ) async -> Captured {
        var captured = Captured(limit: limit)
        let number = errors ? process.errors.number : process.output.number
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(number, &buffer, buffer.count)
            if count > 0 {
                captured.take(buffer.prefix(count))
                // Who prints without end is slowed down, and others get their turn.
                guard captured.dropped > 0 else { continue }
                if await poller.sleep(until: .now + .milliseconds(2)) != .expired { return captured }
            } else if count < 0, errno == EAGAIN {
                let forever = ContinuousClock.now + .seconds(86_400)
                let wake =
                    errors
                    ? await poller.wait(for: .readable, of: process.errors, until: forever)
                    : await poller.wait(for: .readable, of: process.output, until: forever)
                guard wake == .ready else { return captured }
            } else if count == 0 || errno != EINTR {
                return captured
            }
        }
    }
}
