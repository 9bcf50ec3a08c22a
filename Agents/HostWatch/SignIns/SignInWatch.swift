internal import Glibc
internal import HostFacts
internal import ProcFS
internal import SecurityRules
internal import Vocabulary

/// Reads who wanted in, from the log file where the machine keeps one, else from the journal.
struct SignInWatch {
    private static let files = ["/var/log/auth.log", "/var/log/secure"]
    /// A log file that nothing was written to for so long is what another system log left behind: cron alone writes
    /// every hour.
    private static let stale: Int64 = 86_400

    private let root: Root
    private var log: LogFile?
    private var journal: Journal?
    private var rule: SignInRule
    private let isWholeMachine: Bool

    init(root: Root, isWholeMachine: Bool, memory: [UInt8]?) {
        self.root = root
        self.isWholeMachine = isWholeMachine
        let lines = MemoryText.lines(memory ?? [])
        rule = SignInRule(memory: lines)
        for line in lines where line.field(0) == "log" {
            guard let inode = UInt64(line.field(2)), let offset = Int64(line.field(3)),
                let mark = UInt64(line.field(4)), let marked = Int64(line.field(5)), (0...64).contains(marked),
                offset >= marked
            else { continue }
            log = LogFile(
                root: root, path: line.field(1),
                place: .init(inode: inode, offset: offset, mark: mark, marked: marked))
        }
        for line in lines where line.field(0) == "journal" {
            guard let last = Int64(line.field(2)) else { continue }
            journal = Journal(cursor: line.field(1), last: Instant(microseconds: last))
        }
    }

    /// What is to be kept together with what was found.
    var memory: [UInt8] {
        var memory = MemoryText()
        if let log, let place = log.place {
            memory.add(
                "log", log.path, String(place.inode), String(place.offset), String(place.mark), String(place.marked))
        }
        if let journal { memory.add("journal", journal.cursor, String(journal.last.microseconds)) }
        rule.remember(in: &memory)
        return memory.text
    }

    mutating func look(at now: Instant) -> (findings: [Finding], blindSpots: [BlindSpot]) {
        var findings: [Finding] = []
        var blindSpots: [BlindSpot] = []
        let hasJournal = isWholeMachine && Journal.isKept(root)
        if let path = Self.file(root, now: now, hasJournal: hasJournal) {
            journal?.close()
            journal = nil
            readLog(path, now, &findings, &blindSpots)
        } else if hasJournal {
            log = nil
            readJournal(now, &findings, &blindSpots)
        } else {
            blindSpots.append(
                BlindSpot(
                    "login-records", detail: "there is neither \(Self.files.joined(separator: " nor ")) nor a journal",
                    remedy: "sudo apt-get install rsyslog"))
        }
        return (findings + rule.apply(passing: now), blindSpots)
    }

    /// Everything that the log file holds, from its beginning; the journal is long, and `journalctl` is there for it.
    mutating func readAll(at now: Instant) -> (findings: [Finding], blindSpots: [BlindSpot]) {
        let hasJournal = isWholeMachine && Journal.isKept(root)
        guard let path = Self.file(root, now: now, hasJournal: hasJournal) else {
            return hasJournal ? ([], []) : look(at: now)
        }
        var findings: [Finding] = []
        var blindSpots: [BlindSpot] = []
        log = LogFile(root: root, path: path, place: .init(inode: 0, offset: 0, mark: 0, marked: 0))
        readLog(path, now, &findings, &blindSpots)
        findings += rule.apply(passing: .init(microseconds: .max))
        // The last word about each is the one that counts.
        var last: [String: Finding] = [:]
        for finding in findings { last["\(finding.rule) \(finding.subject) \(finding.firstSeen)"] = finding }
        return (last.values.sorted { ($0.firstSeen, $0.subject) < ($1.firstSeen, $1.subject) }, blindSpots)
    }

    mutating func close() {
        journal?.close()
    }

    /// Where the machine writes sign-ins, in words for a person.
    static func source(_ root: Root, now: Instant, isWholeMachine: Bool) -> String {
        let hasJournal = isWholeMachine && Journal.isKept(root)
        return file(root, now: now, hasJournal: hasJournal) ?? (hasJournal ? "journal" : "")
    }

    private static func file(_ root: Root, now: Instant, hasJournal: Bool) -> String? {
        files.first { path in
            do throws(FileError) {
                let stamp = try root.stamp(path)
                return !hasJournal || now.seconds - stamp.seconds < stale
            } catch {
                return false
            }
        }
    }

    private mutating func readLog(
        _ path: String, _ now: Instant, _ findings: inout [Finding], _ blindSpots: inout [BlindSpot]
    ) {
        if log?.path != path { log = LogFile(root: root, path: path, place: nil) }
        let offset = Self.secondsEastOfUTC(at: now)
        do throws(FileError) {
            try log?.look { text in
                guard let line = SyslogLine(parsing: text, now: now, offset: offset),
                    let event = SignIn(line.record)
                else { return }
                findings += rule.apply(event, at: line.time)
            }
        } catch {
            if error.isAbsent { return }
            blindSpots.append(
                BlindSpot(
                    "login-records", detail: error.description,
                    remedy: error.isRefused ? HostFacts.remedy(lacking: "CAP_DAC_READ_SEARCH") : ""))
        }
    }

    private mutating func readJournal(
        _ now: Instant, _ findings: inout [Finding], _ blindSpots: inout [BlindSpot]
    ) {
        let follower = journal ?? Journal(cursor: "", last: now)
        journal = follower
        do throws(JournalError) {
            try follower.look { time, record in
                guard let event = SignIn(record) else { return }
                findings += rule.apply(event, at: time)
            }
        } catch {
            blindSpots.append(
                BlindSpot("journal", detail: error.problem, remedy: HostFacts.remedy(lacking: "CAP_DAC_READ_SEARCH")))
        }
    }

    /// Of the machine's own zone, which the old form of log lines is in.
    private static func secondsEastOfUTC(at now: Instant) -> Int {
        var time = time_t(now.seconds)
        var parts = tm()
        return localtime_r(&time, &parts) == nil ? 0 : Int(parts.tm_gmtoff)
    }
}
