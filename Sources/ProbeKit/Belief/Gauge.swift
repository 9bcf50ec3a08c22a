/// Whether the last answers were beyond a limit too often: with one window and number to begin, another to end.
package struct Gauge: Hashable, Sendable {
    /// So many of the last so many; a window is at most 128.
    package struct Share: Hashable, Sendable {
        package var count: Int
        package var window: Int
    }

    package struct Limits: Hashable, Sendable {
        /// It begins with at least so many.
        package var begin: Share
        /// It ends with at most so many.
        package var end: Share
    }

    package let limits: Limits
    package private(set) var isOn = false
    private var beyond: UInt128 = 0
    private var nearly: UInt128 = 0

    package init(_ limits: Limits) {
        self.limits = limits
    }

    /// `nearly`: beyond the limit that counts for ending, which is the stricter one.
    package mutating func take(beyond isBeyond: Bool, nearly isNearly: Bool) {
        beyond = beyond << 1 | (isBeyond ? 1 : 0)
        nearly = nearly << 1 | (isNearly ? 1 : 0)
        if isOn {
            isOn = Self.count(nearly, limits.end.window) > limits.end.count
        } else {
            isOn = count >= limits.begin.count
        }
    }

    /// How many of the window that it begins with.
    package var count: Int { Self.count(beyond, limits.begin.window) }

    private static func count(_ bits: UInt128, _ window: Int) -> Int {
        (bits << (128 - window)).nonzeroBitCount
    }
}

extension Gauge.Limits {
    /// For times: begins when more than half of the last 30 are too long, ends when at most a quarter of 60 nearly are.
    package static let times = Self(begin: .init(count: 16, window: 30), end: .init(count: 15, window: 60))
}
