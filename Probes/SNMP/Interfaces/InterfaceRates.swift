/// What an interface did between two runs, per second.
package struct InterfaceRates: Hashable, Sendable {
    /// Bytes.
    package var inOctets: Double?
    package var outOctets: Double?
    package var inErrors: Double?
    package var outErrors: Double?
    package var inDiscards: Double?
    package var outDiscards: Double?

    /// Nil for what cannot be told: counters that began anew between, or that one of the runs did not show.
    package init(from earlier: Interface, to later: Interface, over seconds: Double) {
        guard seconds > 0, earlier.counters.discontinuity == later.counters.discontinuity else { return }
        let (old, new) = (earlier.counters, later.counters)
        // No line carries more than its speed; what would be more is a counter that began anew. A tenth is leeway for
        // the moment at which the device read it.
        let most = later.speed.map { Double($0) / 8 * 1.1 + 1000 }
        inOctets = Self.rate(old.inOctets, new.inOctets, seconds, most: most)
        outOctets = Self.rate(old.outOctets, new.outOctets, seconds, most: most)
        inErrors = Self.rate(old.inErrors, new.inErrors, seconds, most: 1e7)
        outErrors = Self.rate(old.outErrors, new.outErrors, seconds, most: 1e7)
        inDiscards = Self.rate(old.inDiscards, new.inDiscards, seconds, most: 1e7)
        outDiscards = Self.rate(old.outDiscards, new.outDiscards, seconds, most: 1e7)
    }

    private static func rate(
        _ old: InterfaceCounters.Counter?, _ new: InterfaceCounters.Counter?, _ seconds: Double, most: Double?
    ) -> Double? {
        guard let old, let new, old.bits == new.bits else { return nil }
        var difference = new.value &- old.value
        if new.bits == 32 { difference &= 0xffff_ffff }
        // A counter of 64 bits does not come round in anybody's lifetime.
        if new.bits == 64, new.value < old.value { return nil }
        let rate = Double(difference) / seconds
        if let most, rate > most { return nil }
        // Nothing is known of the line's speed: half way round is taken for a new beginning.
        if most == nil, new.bits == 32, difference > 0x8000_0000 { return nil }
        return rate
    }
}
