package import Vocabulary

/// Everything that only grows, as it stood at one moment; two of them make rates.
package struct Counters: Hashable, Sendable {
    package var taken: ContinuousClock.Instant
    package var ticks: [UInt64]
    package var disks: [String: DiskCounters]
    package var interfaces: [String: InterfaceCounters]

    package init(
        taken: ContinuousClock.Instant, ticks: [UInt64] = [], disks: [String: DiskCounters] = [:],
        interfaces: [String: InterfaceCounters] = [:]
    ) {
        self.taken = taken
        self.ticks = ticks
        self.disks = disks
        self.interfaces = interfaces
    }

    /// What happened since `earlier`; a counter that went backwards was reset and gives no rate instead of a wrong one.
    package func rates(since earlier: Counters) -> [Reading] {
        let seconds = (taken - earlier.taken).inSeconds
        guard seconds > 0 else { return [] }
        var readings = cpuRatios(since: earlier)
        for (name, now) in disks.sorted(by: { $0.key < $1.key }) {
            guard let before = earlier.disks[name] else { continue }
            func add(_ metric: String, _ new: UInt64, _ old: UInt64, scale: Double = 1, limit: Double = .infinity) {
                guard new >= old else { return }
                let rate = min(limit, Double(new - old) * scale / seconds)
                readings.append(Reading(Metric("host_disk_\(metric)", ["disk": name]), rate))
            }
            add("read_bytes_per_second", now.bytesRead, before.bytesRead)
            add("write_bytes_per_second", now.bytesWritten, before.bytesWritten)
            add("busy_ratio", now.busyMilliseconds, before.busyMilliseconds, scale: 0.001, limit: 1)
        }
        for (name, now) in interfaces.sorted(by: { $0.key < $1.key }) {
            guard let before = earlier.interfaces[name] else { continue }
            func add(_ metric: String, _ new: UInt64, _ old: UInt64) {
                guard new >= old else { return }
                let rate = Double(new - old) / seconds
                readings.append(Reading(Metric("host_interface_\(metric)_per_second", ["interface": name]), rate))
            }
            add("receive_bytes", now.receivedBytes, before.receivedBytes)
            add("receive_errors", now.receiveErrors, before.receiveErrors)
            add("receive_drops", now.receiveDrops, before.receiveDrops)
            add("transmit_bytes", now.transmittedBytes, before.transmittedBytes)
            add("transmit_errors", now.transmitErrors, before.transmitErrors)
            add("transmit_drops", now.transmitDrops, before.transmitDrops)
        }
        return readings
    }

    /// The part of all processor time that each mode took; `iowait` is known to run backwards at times.
    private func cpuRatios(since earlier: Counters) -> [Reading] {
        let spent = zip(ticks, earlier.ticks).map { now, before in now >= before ? now - before : nil }
        let total = spent.reduce(0.0) { $0 + Double($1 ?? 0) }
        guard total > 0 else { return [] }
        return zip(KernelStatistics.modes, spent).compactMap { mode, ticks in
            ticks.map { Reading(Metric("host_cpu_ratio", ["mode": mode]), Double($0) / total) }
        }
    }
}
