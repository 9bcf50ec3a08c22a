package import HostSettings
package import ProcFS
package import Vocabulary

/// What one run saw that can be good or bad.
package struct HostState: Hashable, Sendable {
    package var filesystems: [FilesystemUse] = []
    package var memory: MemoryInfo?
    /// The names of failed systemd units; nil where there is no systemd or it did not say.
    package var failedUnits: [String]?
    package var clock: ClockStatus?

    package init() {}

    /// All that is wrong, the gravest first.
    package func reasons(under settings: HostSettings) -> [Reason] {
        var reasons: [Reason] = []
        let full = filesystems.filter { !$0.isReadOnly }.compactMap { use -> (Double, String)? in
            let space = use.capacity.usedRatio ?? 0
            let inodes = use.capacity.usedInodesRatio ?? 0
            let worst = max(space, inodes)
            guard worst >= settings.fullRatio else { return nil }
            return (worst, "\(use.mount) \(percent(worst))\(inodes > space ? " of inodes" : "")")
        }
        if !full.isEmpty {
            let words = full.sorted { $0.0 > $1.0 }.map(\.1).joined(separator: ", ")
            reasons.append(
                Reason("filesystem-full", step: "filesystem", expected: "< \(percent(settings.fullRatio))", got: words))
        }
        if let memory, Double(memory.available) < settings.lowMemoryRatio * Double(memory.total) {
            reasons.append(
                Reason(
                    "memory-low", step: "memory", expected: ">= \(percent(settings.lowMemoryRatio)) available",
                    got: "\(memory.available / 1_048_576) of \(memory.total / 1_048_576) MiB"))
        }
        if settings.demandsUnits, let failedUnits, !failedUnits.isEmpty {
            let shown = failedUnits.prefix(10).joined(separator: ", ")
            let more = failedUnits.count > 10 ? " and \(failedUnits.count - 10) more" : ""
            reasons.append(Reason("units-failed", step: "units", expected: "no failed unit", got: shown + more))
        }
        if settings.demandsClock, let clock, !clock.isSynchronised {
            reasons.append(
                Reason("clock-unsynchronised", step: "clock", expected: "synchronised", got: "not synchronised"))
        }
        return reasons
    }

    private func percent(_ ratio: Double) -> String {
        let tenths = (ratio * 1000).rounded(.down)
        let whole = Int(tenths / 10)
        let rest = Int(tenths) - whole * 10
        return rest == 0 ? "\(whole) %" : "\(whole).\(rest) %"
    }
}
