package import Vocabulary

/// How many attempts each key has left: a bucket that refills steadily, so that guessing takes years.
package struct Allowance: Hashable, Sendable {
    private struct Bucket: Hashable, Sendable {
        var tokens: Double
        var at: Instant
    }

    private let capacity: Double
    private let refill: Duration
    private var buckets: [String: Bucket] = [:]
    /// Beyond this many keys full buckets are forgotten: an attacker with many addresses must not fill the memory.
    private static let keys = 10_000

    /// `capacity` attempts at once, and one more after every `refill`.
    package init(capacity: Int, refill: Duration) {
        self.capacity = Double(capacity)
        self.refill = refill
    }

    /// Takes one attempt of `key`; nil when there is one, else how long to wait for it.
    package mutating func take(_ key: String, at now: Instant) -> Duration? {
        if buckets.count >= Self.keys {
            buckets = buckets.filter { level(of: $0.value, at: now) < capacity }
            if buckets.count >= Self.keys { buckets = [:] }
        }
        var tokens = buckets[key].map { level(of: $0, at: now) } ?? capacity
        guard tokens >= 1 else {
            buckets[key] = Bucket(tokens: tokens, at: now)
            return refill * (1 - tokens)
        }
        tokens -= 1
        buckets[key] = Bucket(tokens: tokens, at: now)
        return nil
    }

    /// Gives a key all its attempts back: it proved to be who it says.
    package mutating func forgive(_ key: String) {
        buckets[key] = nil
    }

    /// A clock that went back refills nothing, and takes nothing away.
    private func level(of bucket: Bucket, at now: Instant) -> Double {
        let elapsed = max(0, (now - bucket.at).inSeconds)
        return min(capacity, bucket.tokens + elapsed / refill.inSeconds)
    }
}
