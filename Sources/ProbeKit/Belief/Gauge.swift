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
    /// For losses: begins with so many of 60 as chance alone brings together less than once in ten years of a check a
    /// second; ends when the last 120 had a third of that share, or what is tolerated.
    package static func losses(tolerated share: Double) -> Self {
        let least = (1...60).first { Self.tail($0, of: 60, share) <= SilenceTest.falseAlarms } ?? 61
        return Self(
            begin: .init(count: least, window: 60),
            end: .init(count: max(least * 2 / 3, Int(120 * share)), window: 120))
    }

    /// For times: begins when more than half of the last 30 are too long, ends when at most a quarter of 60 nearly are.
    package static let times = Self(begin: .init(count: 16, window: 30), end: .init(count: 15, window: 60))

    /// The chance of at least `least` of `number`, each with chance `share`.
    package static func tail(_ least: Int, of number: Int, _ share: Double) -> Double {
        guard share > 0 else { return least > 0 ? 0 : 1 }
        var term = (0..<number).reduce(1.0) { product, _ in product * (1 - share) }
        var sum = 0.0
        for count in 0...number {
            if count >= least { sum += term }
            term *= Double(number - count) / Double(count + 1) * share / (1 - share)
        }
        return sum
    }
}
