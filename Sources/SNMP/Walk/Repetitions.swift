/// How many variables one GETBULK asks for: halved when an answer did not come or was too big, and grown back while
/// all goes well, each time more slowly, so that a device with a limit is not driven into it again and again.
package struct Repetitions: Hashable, Sendable {
    package let most: Int32
    package private(set) var current: Int32
    private var successes = 0
    private var patience = 8

    package init(most: Int32 = 25) {
        self.most = max(1, most)
        current = self.most
    }

    package mutating func succeeded() {
        guard current < most else { return }
        successes += 1
        guard successes >= patience else { return }
        current = min(most, current * 2)
        successes = 0
    }

    /// False when one is asked for already.
    package mutating func halve() -> Bool {
        successes = 0
        patience = min(patience * 4, 4096)
        guard current > 1 else { return false }
        current /= 2
        return true
    }
}
