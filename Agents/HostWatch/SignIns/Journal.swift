internal import Glibc
internal import ProcFS
internal import SecurityRules
internal import Vocabulary

/// Follows the system's journal through `journalctl`, which alone knows its format: one process that sleeps until
/// somebody signs in.
final class Journal {
    private static let program = "/usr/bin/journalctl"
    /// Read in one look at most; the rest waits in the pipe, and journalctl with it.
    private static let most = 4 << 20

    private var process: pid_t = 0
    private var pipe: Int32 = -1
    private var export = JournalExport()
    /// Where the last entry stands that was handed on; empty before the first.
    private(set) var cursor: String
    /// When it was logged; before the first, when the journal was first looked at. Without a cursor, and with one
    /// whose entry the journal has thrown away, reading begins after this.
    private(set) var last: Instant

    init(cursor: String, last: Instant) {
        self.cursor = cursor
        self.last = last
    }

    /// Whether this machine keeps one, and what reads it: without a journal there is nothing to follow.
    static func isKept(_ root: Root) -> Bool {
        guard access(program, X_OK) == 0 else { return false }
        return ["/run/log/journal", "/var/log/journal"].contains { folder in
            do throws(FileError) {
                return try !root.names(folder).isEmpty
            } catch {
                // A folder that may not be looked into is one that journalctl will complain of.
                return error.isRefused
            }
        }
    }

    /// The entries that came since the last look; what stands in the way is thrown in the system's words.
    func look(_ take: (Instant, LogRecord) -> Void) throws(JournalError) {
        if process == 0 { try start() }
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        var total = 0
        while total < Self.most {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(pipe, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return }
            guard count > 0 else {
                let status = end()
                cursor = ""
                throw JournalError(problem: "\(Self.program) ended with status \(status)")
            }
            total += count
            for entry in export.take(Array(buffer.prefix(count))) {
                let isAfterCursor = !cursor.isEmpty
                guard let (time, record) = entry.logged, isAfterCursor || time > last else { continue }
                cursor = entry.cursor
                last = max(last, time)
                take(time, record)
            }
        }
    }

    func close() {
        guard process != 0 else { return }
        kill(process, SIGTERM)
        _ = end()
    }

    private func start() throws(JournalError) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw JournalError() }
        // What another thread starts just now would hold the pipe open; it only ever starts short errands.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // Facilities auth and authpriv.
        let arguments =
            [
                Self.program, "--follow", "--quiet", "--no-pager", "--output=export",
                "--output-fields=MESSAGE,SYSLOG_IDENTIFIER,SYSLOG_PID,_PID,_UID,_SOURCE_REALTIME_TIMESTAMP",
                "--lines=all", cursor.isEmpty ? "--since=@\(last.seconds)" : "--after-cursor=\(cursor)",
                "SYSLOG_FACILITY=4", "SYSLOG_FACILITY=10",
            ]
        let words = arguments.map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        let environment = ["LANG=C.UTF-8", "SYSTEMD_PAGER=cat"].map { (word: String) in strdup(word) }
        defer { for word in environment { free(word) } }
        let problem = posix_spawn(&process, Self.program, &actions, nil, words + [nil], environment + [nil])
        Glibc.close(ends[1])
        guard problem == 0 else {
            Glibc.close(ends[0])
            process = 0
            throw JournalError(problem: "\(Self.program): \(String(cString: strerror(problem)))")
        }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        pipe = ends[0]
        export = JournalExport()
    }

    private func end() -> Int32 {
        Glibc.close(pipe)
        pipe = -1
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        process = 0
        return status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f
    }
}

struct JournalError: Error {
    var problem: String

    init(problem: String = String(cString: strerror(errno))) {
        self.problem = problem
    }
}
