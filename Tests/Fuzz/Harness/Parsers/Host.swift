import HostFacts
import HostProbe
import HostWatch
import ProcFS
import SecurityRules
import Vocabulary

/// Files of the agent's machine, its bus and its logs, in which other people's words stand.
enum HostParsers {
    static let all = [
        Parser("counters", counters), Parser("state", state), Parser("mounts", mounts), Parser("network", network),
        Parser("software", software), Parser("bus", bus),
        Parser("journal") { input in
            let (_, pieces) = input.pieces()
            var export = JournalExport()
            for piece in pieces { apply(export.take(piece).compactMap(\.logged)) }
        },
        Parser("syslog") { input in
            let (now, offset) = (Instant(seconds: 1_800_000_000), 7 * 3600)
            apply(
                input.text().lines.compactMap { SyslogLine(parsing: $0, now: now, offset: offset) }.map {
                    ($0.time, $0.record)
                })
        },
        Parser("privileges", privileges), Parser("memory", memory),
    ]

    /// Two readings of the kernel's counters, a minute apart.
    private static func counters(_ input: inout Input) {
        let now = ContinuousClock.Instant.now
        let taken = (0..<2).map { run in
            Counters(
                taken: now + .seconds(60 * run), ticks: KernelStatistics(parsing: input.word())?.ticks ?? [],
                disks: DiskCounters.parse(input.word()), interfaces: InterfaceCounters.parse(input.word()))
        }
        demandNumbers(taken[1].rates(since: taken[0]))
    }

    private static func state(_ input: inout Input) {
        if let memory = MemoryInfo(parsing: input.word()) { demandNumbers(memory.readings) }
        if let load = LoadAverage(parsing: input.word()) { demandNumbers(load.readings) }
        if let pressure = Pressure(parsing: input.word()) { demandNumbers(pressure.readings(resource: "cpu")) }
        if let processors = ProcessorList(parsing: input.word()) { demand(processors.threads > 0, "no threads") }
        _ = ProcessorList.hasHypervisorFlag(input.word())
    }

    private static func mounts(_ input: inout Input) {
        for mount in Mount.filesystems(parsing: input.text()) { demand(mount.place != .none, "\(mount.type)") }
    }

    private static func network(_ input: inout Input) {
        let isTCP = input.flag()
        for row in SocketRow.listeners(input.word(), isTCP: isTCP) {
            demand(!row.local.hasPrefix(":") && !row.local.hasPrefix("[]"), "\(row.local) has no address")
        }
        _ = (RouteTable.gateway4(input.word()), RouteTable.gateway6(input.word()), Resolvers.parse(input.word()))
    }

    private static func software(_ input: inout Input) {
        let packages = InstalledPackage.parse(Array(input.word().utf8))
        for package in packages {
            demand(!package.name.isEmpty && !package.version.isEmpty, "a package without a name")
        }
        for line in input.word().lines { _ = (UserAccount(parsing: line), UserGroup(parsing: line)) }
        _ = OSRelease.parse(input.word())
        _ = HostsFile.qualifiedName(of: input.word(), in: input.word())
        _ = (DeviceRecord(parsing: input.word()), DeviceRecord.serial(inPage80: input.whole()))
    }

    private enum Ending: Equatable {
        case names([String])
        case refused(UnitsError)
    }

    private static func bus(_ input: inout Input) {
        let (whole, pieces) = input.pieces()
        demandSame(ending(pieces), ending([whole]), "in pieces and at once")
    }

    private static func ending(_ pieces: [[UInt8]]) -> Ending? {
        var conversation = UnitsConversation(isBus: true)
        do throws(UnitsError) {
            // What comes with the sign-in's answer is looked at with what comes next.
            for piece in pieces + [[]] {
                if case .done(let names) = try conversation.take(piece) { return .names(names) }
            }
            return nil
        } catch {
            return .refused(error)
        }
    }

    private static func apply(_ records: [(time: Instant, record: LogRecord)]) {
        var rule = SignInRule()
        for (time, record) in records {
            guard let event = SignIn(record) else { continue }
            demand(event.count > 0, "\(event.count) times")
            for finding in rule.apply(event, at: time) + rule.apply(passing: time) {
                demand(finding.count > 0, "\(finding.subject): \(finding.count) times")
            }
        }
        var memory = MemoryText()
        rule.remember(in: &memory)
        _ = SignInRule(memory: MemoryText.lines(memory.text))
    }

    private static func privileges(_ input: inout Input) {
        for line in Sudoers.lines(input.word()) { demand(!line.isEmpty, "an empty line says something") }
        for line in input.word().lines { _ = AuthorizedKey(parsing: line) }
    }

    /// What rules remember, as it comes from the agent's disk.
    private static func memory(_ input: inout Input) {
        // A field of nothing alone is an empty line, which nobody writes.
        let lines = MemoryText.lines(input.whole()).filter { $0 != [""] }
        var memory = MemoryText()
        for line in lines { memory.add(line) }
        demandSame(MemoryText.lines(memory.text), lines, "what is kept is read as the same lines")
        var rule = SignInRule(memory: lines)
        let event = SignIn(.ssh, .failed, user: "u", source: "192.0.2.1")
        _ = rule.apply(event, at: Instant(seconds: 1_800_000_000))
        _ = rule.apply(passing: Instant(seconds: 1_800_000_060))
        _ = (ListenerRule(memory: lines), PrivilegeRule(memory: lines), CertificateRule(memory: lines))
    }
}
