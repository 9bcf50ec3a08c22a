import Vocabulary

/// The round trips of a burst, without what was lost.
struct RoundTrips {
    /// In seconds.
    let sorted: [Double]
    /// The mean of the middle two when they are even in number; nil when there are none.
    let median: Duration?
    /// The mean of how much neighbours differ, in seconds: RFC 3550's measure without its long memory; nil below two.
    let jitter: Double?

    /// As the packets left; nil for what was lost.
    init(_ roundTrips: [Duration?]) {
        let inOrder = roundTrips.compactMap { $0 }
        let ordered = inOrder.sorted()
        sorted = ordered.map(\.inSeconds)
        let middle = ordered.count / 2
        median =
            ordered.isEmpty
            ? nil : ordered.count.isMultiple(of: 2) ? (ordered[middle - 1] + ordered[middle]) / 2 : ordered[middle]
        guard inOrder.count > 1 else {
            jitter = nil
            return
        }
        let steps = inOrder.indices.dropFirst().reduce(Duration.zero) { sum, index in
            let step = inOrder[index] - inOrder[index - 1]
            return step < .zero ? sum - step : sum + step
        }
        jitter = steps.inSeconds / Double(inOrder.count - 1)
    }

    /// Between the two nearest, in proportion; of one at least.
    func quantile(_ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let (low, high) = (sorted[below], sorted[min(below + 1, sorted.count - 1)])
        return low + (high - low) * (place - Double(below))
    }
}
