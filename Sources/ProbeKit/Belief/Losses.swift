/// What the last scheduled asks came to: the newest in the lowest bit, set where nothing came.
package struct Losses: Hashable, Sendable {
    private static let window = 60
    private var bits: UInt64 = 0
    private var seen = 0

    package init() {}

    package mutating func take(lost: Bool) {
        bits = (bits << 1 | (lost ? 1 : 0)) & (1 << Self.window - 1)
        seen = min(seen + 1, Self.window)
    }

    /// The newest so many were no losses of the line: the target was gone.
    package mutating func forget(newest count: Int) {
        let count = min(count, seen)
        bits >>= UInt64(count)
        seen -= count
    }

    /// The share that is lost, estimated on the safe side: one and a half standard deviations above the mean.
    package func share(atLeast least: Double) -> Double {
        guard bits != 0 else { return least }
        let asks = Double(seen + 20)
        let mean = (Double(bits.nonzeroBitCount) + 20 * least) / asks
        let upper = mean + 1.5 * (mean * (1 - mean) / asks).squareRoot()
        return min(max(least, upper), 0.9)
    }
}
