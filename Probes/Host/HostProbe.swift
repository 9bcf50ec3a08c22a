package import HostSettings
package import ProbeKit
package import ProcFS
internal import Synchronization
internal import Vocabulary

/// Asks how the agent's own machine is: processors, memory, disks, interfaces, services, clock.
///
/// Reads files and asks the kernel; starts no process. The first run has no rates: they need a run before it.
package final class HostProbe: Probe {
    private let root: Root
    private let capacity: @Sendable (String) throws(FileError) -> Capacity
    private let clock: @Sendable () -> ClockStatus?
    private let now: @Sendable () -> ContinuousClock.Instant
    private let history = Mutex(CounterHistory())

    /// `root` is `/` or a recorded tree; the functions stand for statvfs(3), adjtimex(2) and the steady clock.
    package init(
        root: String = "/",
        capacity: @escaping @Sendable (String) throws(FileError) -> Capacity = Capacity.ofFilesystem(at:),
        clock: @escaping @Sendable () -> ClockStatus? = ClockStatus.ofKernel,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.root = Root(root)
        self.capacity = capacity
        self.clock = clock
        self.now = now
    }

    package func measure(
        _ target: String, settings: HostSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let files = HostFiles(root: root)
        guard let statistics = files.read("/proc/stat", KernelStatistics.init(parsing:)),
            let memory = files.read("/proc/meminfo", MemoryInfo.init(parsing:))
        else {
            let got = files.trace.joined(separator: "; ")
            return Answer(.unknown(Reason("proc-unreadable", step: "read", got: got)), trace: files.trace)
        }
        var state = HostState()
        state.memory = memory
        state.filesystems = filesystems(files)
        state.clock = clock()
        state.failedUnits = await failedUnits(files, until: deadline)

        var readings = rates(files, statistics)
        readings += files.read("/proc/loadavg", LoadAverage.init(parsing:))?.readings ?? []
        readings += memory.readings
        readings += pressures(files)
        readings += state.filesystems.flatMap(\.readings)
        readings += processes(files, statistics)
        if let units = state.failedUnits { readings.append(Reading(Metric("host_units_failed"), Double(units.count))) }
        if let clock = state.clock { readings += clock.readings } else { files.trace.append("clock: adjtimex refused") }

        let reasons = state.reasons(under: settings)
        files.trace += reasons.map(\.description)
        return Answer(reasons.first.map { .degraded($0) } ?? .up, readings: readings, trace: files.trace)
    }

    private func rates(_ files: HostFiles, _ statistics: KernelStatistics) -> [Reading] {
        let disks = files.read("/proc/diskstats", DiskCounters.parse) ?? [:]
        let interfaces = files.read("/proc/net/dev", InterfaceCounters.parse) ?? [:]
        let counters = Counters(
            taken: now(), ticks: statistics.ticks,
            // Whole disks and RAIDs: a partition or a volume would count the same bytes again.
            disks: disks.filter {
                root.exists("/sys/block/\($0.key)/device") || root.exists("/sys/block/\($0.key)/md")
            },
            interfaces: interfaces.filter { !InterfaceCounters.isPassing($0.key) })
        return history.withLock { $0.base(for: counters) }.map { counters.rates(since: $0) } ?? []
    }

    private func pressures(_ files: HostFiles) -> [Reading] {
        ["cpu", "memory", "io"].flatMap { resource in
            files.readIfPresent("/proc/pressure/\(resource)", Pressure.init(parsing:))?.readings(resource: resource)
                ?? []
        }
    }

    private func filesystems(_ files: HostFiles) -> [FilesystemUse] {
        let mounts = files.read("/proc/self/mountinfo", Mount.filesystems(parsing:)) ?? []
        var uses: [FilesystemUse] = []
        for mount in mounts {
            guard mount.place == .local else {
                files.trace.append("\(mount.point): not asked, \(mount.type) is not local and may hang")
                continue
            }
            do throws(FileError) {
                let found = try capacity(root.absolute(mount.point))
                uses.append(FilesystemUse(mount: mount.point, isReadOnly: mount.isReadOnly, capacity: found))
            } catch {
                files.trace.append(error.description)
            }
        }
        return uses
    }

    private func processes(_ files: HostFiles, _ statistics: KernelStatistics) -> [Reading] {
        var readings: [Reading] = []
        func add(_ metric: String, _ value: Double?) {
            if let value { readings.append(Reading(Metric(metric), value)) }
        }
        add("host_uptime_seconds", files.read("/proc/uptime") { $0.fields.first.flatMap { Double($0) } })
        add("host_processes_running", statistics.running.map { Double($0) })
        add("host_processes_blocked", statistics.blocked.map { Double($0) })
        add("host_processes", files.count("/proc") { UInt32($0) != nil })
        let descriptors = files.read("/proc/sys/fs/file-nr") { $0.trimmed.fields.compactMap { Double($0) } } ?? []
        add("host_file_descriptors", descriptors.first)
        add("host_file_descriptors_limit", descriptors.count == 3 ? descriptors.last : nil)
        return readings
    }

    private func failedUnits(_ files: HostFiles, until deadline: ContinuousClock.Instant) async -> [String]? {
        // What sd_booted(3) looks at: without it systemd does not run here, and there is nothing to say.
        guard root.exists("/run/systemd/system") else { return nil }
        do throws(UnitsError) {
            return try await UnitsQuestion(root: root).failed(until: min(deadline, .now + .seconds(2)))
        } catch {
            files.trace.append("systemd: \(error)")
            return nil
        }
    }
}
