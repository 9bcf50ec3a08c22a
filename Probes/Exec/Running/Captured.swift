import Glibc
import Sockets

/// What comes out of a pipe: the first bytes, and how many more.
struct Captured: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var dropped = 0
    private let limit: Int
    /// /proc/sys/fs/pipe-max-size, as the kernel comes.
    private static let longestPipe = 1 << 20

    init(limit: Int) {
        self.limit = limit
    }

    private mutating func take(_ piece: some Collection<UInt8>) {
        let kept = piece.prefix(limit - bytes.count)
        bytes += kept
        dropped += piece.count - kept.count
    }

    /// Takes what lies in the pipe, at most as much as one can hold: somebody may go on writing.
    private mutating func takeRest(of number: Int32, _ buffer: inout [UInt8]) {
        var left = Self.longestPipe
        while left > 0 {
            let count = read(number, &buffer, buffer.count)
            if count > 0 {
                take(buffer.prefix(count))
                left -= count
            } else if count == 0 || errno != EINTR {
                return
            }
        }
    }

    /// Reads to the end; when the task is cancelled, what is there by then: on a busy machine that can be all.
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
                if await poller.sleep(until: .now + .milliseconds(2)) != .expired {
                    captured.takeRest(of: number, &buffer)
                    return captured
                }
            } else if count < 0, errno == EAGAIN {
                let forever = ContinuousClock.now + .seconds(86_400)
                let wake =
                    errors
                    ? await poller.wait(for: .readable, of: process.errors, until: forever)
                    : await poller.wait(for: .readable, of: process.output, until: forever)
                guard wake == .ready else {
                    captured.takeRest(of: number, &buffer)
                    return captured
                }
            } else if count == 0 || errno != EINTR {
                return captured
            }
        }
    }
}
