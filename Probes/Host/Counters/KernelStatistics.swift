internal import ProcFS

/// Processor time and process counts since the machine started (`/proc/stat`, proc(5)).
package struct KernelStatistics: Hashable, Sendable {
    /// Ticks by mode, in the kernel's order; a virtual guest's time is part of `user` and `nice`.
    package var ticks: [UInt64]
    package var running: UInt64?
    package var blocked: UInt64?

    package static let modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]

    /// Nil without a `cpu` line of at least the four modes that every kernel has.
    package init?(parsing text: String) {
        var ticks: [UInt64] = []
        for line in text.lines {
            if line.hasPrefix("cpu ") {
                for field in line.fields.dropFirst().prefix(Self.modes.count) {
                    guard let count = UInt64(field) else { break }
                    ticks.append(count)
                }
            } else if line.hasPrefix("procs_running ") {
                running = line.fields.last.flatMap { UInt64($0) }
            } else if line.hasPrefix("procs_blocked ") {
                blocked = line.fields.last.flatMap { UInt64($0) }
            }
        }
        guard ticks.count >= 4 else { return nil }
        self.ticks = ticks
    }
}
