import SNMP
package import SNMPSettings
package import Vocabulary

/// What a snapshot says: readings, and what is amiss. Pure; an earlier run makes rates of counters.
package struct DeviceReading: Sendable {
    /// What one run leaves for the next.
    package struct Past: Sendable {
        package var interfaces: [Interface]
        package var upTime: Int64?
        package var moment: ContinuousClock.Instant
        /// Thresholds that were passed and not yet well left again.
        package var raised: Set<String>
    }

    /// Something amiss: a code of the operator's page, where, and what was expected.
    package struct Trouble: Hashable, Sendable {
        package var reason: Reason
        /// The graver first.
        package var rank: Int
    }

    package private(set) var interfaces: [Interface]
    package private(set) var measurements: [Measurement]
    package private(set) var readings: [Reading] = []
    package private(set) var troubles: [Trouble] = []
    package private(set) var raised: Set<String> = []

    package init(
        _ snapshot: Snapshot, _ gauges: [Gauge], _ settings: SNMPSettings, past: Past?, upTime: Int64?,
        at now: ContinuousClock.Instant
    ) {
        interfaces = Interface.all(snapshot)
        measurements = Self.measurements(snapshot, gauges)
        if let upTime { readings.append(Reading(Metric("snmp_uptime_seconds"), Double(upTime) / 100)) }
        readInterfaces(past, upTime: upTime, at: now)
        judgeInterfaces(settings.interfacesUp)
        for measurement in measurements {
            readings.append(measurement.reading)
            judge(measurement, settings.thresholds, past?.raised ?? [])
        }
    }

    package func past(upTime: Int64?, at now: ContinuousClock.Instant) -> Past {
        Past(interfaces: interfaces, upTime: upTime, moment: now, raised: raised)
    }

    /// The gravest first, and the first to be found among equals.
    package var reason: Reason? {
        troubles.enumerated().min { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }?.element.reason
    }

    private static func measurements(_ snapshot: Snapshot, _ gauges: [Gauge]) -> [Measurement] {
        let host = HostResources.measurements(snapshot)
        let unix = UnixResources.measurements(snapshot)
        // Each says it better in one respect: processors one by one there, memory without caches here.
        let hasUnixMemory = unix.contains { $0.quantity == .memory }
        let hasHostProcessors = host.contains { $0.quantity == .processor }
        var all = host.filter { $0.quantity != .memory || !hasUnixMemory }
        all += unix.filter { $0.quantity != .processor || !hasHostProcessors }
        all += EntitySensors.measurements(snapshot) + PowerSupply.measurements(snapshot)
        all += PrinterSupplies.measurements(snapshot)
        all += gauges.flatMap { $0.measurements(snapshot) }
        // One name, one series: the first to say something counts.
        var seen: Set<Metric> = []
        return all.filter { $0.value.isFinite && seen.insert($0.reading.metric).inserted }
    }

    private mutating func readInterfaces(_ past: Past?, upTime: Int64?, at now: ContinuousClock.Instant) {
        let earlier = Dictionary((past?.interfaces ?? []).map { ($0.index, $0) }) { first, _ in first }
        let seconds = past.flatMap { elapsed(since: $0, upTime: upTime, at: now) }
        for interface in interfaces where interface.isPresent && interface.isEnabled ?? true {
            let label: KeyValuePairs = ["interface": interface.name]
            if interface.status != nil {
                readings.append(Reading(Metric("snmp_if_up", label), interface.isUp ? 1 : 0))
            }
            guard interface.isUp || interface.status == nil else { continue }
            if let speed = interface.speed {
                readings.append(Reading(Metric("snmp_if_speed_bits_per_second", label), Double(speed)))
            }
            for (name, counter) in [
                ("snmp_if_in_octets_total", interface.counters.inOctets),
                ("snmp_if_out_octets_total", interface.counters.outOctets),
            ] {
                if let counter { readings.append(Reading(Metric(name, label), Double(counter.value))) }
            }
            guard let seconds, let before = earlier[interface.index], before.name == interface.name else { continue }
            let rates = InterfaceRates(from: before, to: interface, over: seconds)
            for (name, rate) in [
                ("snmp_if_in_octets_per_second", rates.inOctets), ("snmp_if_out_octets_per_second", rates.outOctets),
                ("snmp_if_in_errors_per_second", rates.inErrors), ("snmp_if_out_errors_per_second", rates.outErrors),
                ("snmp_if_in_discards_per_second", rates.inDiscards),
                ("snmp_if_out_discards_per_second", rates.outDiscards),
            ] {
                if let rate { readings.append(Reading(Metric(name, label), rate)) }
            }
        }
    }

    /// Seconds between the runs by the device's own clock, which counts when it read its counters; nil when it began
    /// anew between. A clock that disagrees with ours by more than a tenth is not believed.
    private func elapsed(since past: Past, upTime: Int64?, at now: ContinuousClock.Instant) -> Double? {
        let ours = past.moment.duration(to: now).inSeconds
        guard ours >= 1 else { return nil }
        guard let upTime, let before = past.upTime else { return ours }
        // sysUpTime comes round after 497 days; then a run without rates is no loss.
        guard upTime >= before else { return nil }
        let theirs = (Double(upTime) - Double(before)) / 100
        return theirs > 0 && abs(theirs - ours) <= max(1, ours / 10) ? theirs : ours
    }

    private mutating func judgeInterfaces(_ names: [String]) {
        for name in names {
            let interface = interfaces.first { $0.name == name || $0.description == name || $0.alias == name }
            if let interface, interface.isUp { continue }
            let got = interface.map { $0.status ?? "no status" } ?? "no such interface"
            troubles.append(
                Trouble(reason: Reason("interface-down", step: name, expected: "up", got: got), rank: 0))
        }
    }

    private mutating func judge(
        _ measurement: Measurement, _ thresholds: SNMPSettings.Thresholds, _ before: Set<String>
    ) {
        if let trouble = measurement.trouble {
            let isSupply = measurement.quantity == .condition && trouble.hasPrefix("on battery")
            troubles.append(
                Trouble(
                    reason: Reason(
                        isSupply ? "on-battery" : "component-failed", step: measurement.name, expected: "well",
                        got: trouble),
                    rank: isSupply ? 1 : 2))
            return
        }
        switch measurement.quantity {
        case .processor: atMost(thresholds.processor, "cpu-busy", measurement, before)
        case .memory: atMost(thresholds.memory, "memory-full", measurement, before)
        case .storage: atMost(thresholds.storage, "storage-full", measurement, before)
        case .charge: atLeast(thresholds.battery, "battery-low", measurement, before)
        case .supply: atLeast(thresholds.supply, "supply-low", measurement, before)
        case .runtime:
            guard let least = thresholds.runtime?.inSeconds else { return }
            raise(
                measurement.value < (before.contains("runtime-short") ? least * 1.1 : least), "runtime-short",
                key: "runtime-short", measurement, "at least \(Int(least)) s", "\(measurement.value.wholeText) s")
        default: return
        }
    }

    /// A twentieth of the whole lies between passing a threshold and having left it.
    private static let hysteresis = 0.05

    private mutating func atMost(
        _ most: Double?, _ code: String, _ measurement: Measurement, _ before: Set<String>
    ) {
        guard let most else { return }
        let key = "\(code)\u{0}\(measurement.name)"
        let limit = before.contains(key) ? most - Self.hysteresis : most
        raise(
            measurement.value > limit, code, key: key, measurement, "at most \(Self.percent(most))",
            Self.percent(measurement.value))
    }

    private mutating func atLeast(
        _ least: Double?, _ code: String, _ measurement: Measurement, _ before: Set<String>
    ) {
        guard let least else { return }
        let key = "\(code)\u{0}\(measurement.name)"
        let limit = before.contains(key) ? least + Self.hysteresis : least
        raise(
            measurement.value < limit, code, key: key, measurement, "at least \(Self.percent(least))",
            Self.percent(measurement.value))
    }

    private mutating func raise(
        _ isPassed: Bool, _ code: String, key: String, _ measurement: Measurement, _ expected: String, _ got: String
    ) {
        guard isPassed else { return }
        raised.insert(key)
        troubles.append(
            Trouble(reason: Reason(code, step: measurement.name, expected: expected, got: got), rank: 3))
    }

    private static func percent(_ share: Double) -> String { "\((share * 100).wholeText) %" }
}
