import Glibc
import SQLite
import Spool
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// A file that is not a sound spool costs what was in it, never the agent.
@Suite struct DamageTests {
    let folder: TemporaryFolder
    let path: String
    let report = OutgoingReport(.samples, sealed: Instant(seconds: 1), body: [7])

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("spool")
    }

    @Test func aFileThatIsNoDatabaseIsMovedAside() async throws {
        let text = Array(String(repeating: "this is no database\n", count: 100).utf8)
        try folder.write(text, to: path)
        let notices = Mutex<[String]>([])
        let spool = try Spool(path: path, notice: { text in notices.withLock { $0.append(text) } })
        try await spool.append([report])
        #expect(try await spool.state().damagedFiles == 1)
        #expect(try folder.read(path + ".damaged") == text)
        #expect(notices.withLock { $0.count == 1 && $0[0].contains(".damaged") })
        #expect(try await Spool(path: path).state().damagedFiles == 1, "the count outlives the process")
    }

    @Test func aDatabaseOfSomebodyElseIsMovedAsideWhole() async throws {
        try Connection(path: path).script("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)")
        let spool = try Spool(path: path)
        try await spool.append([report])
        #expect(try await spool.state().reports.samples == 1)
        let theirs = try Connection(path: path + ".damaged").row("SELECT a FROM theirs") { $0.integer(0) }
        #expect(theirs == 1)
    }

    /// Whatever byte is overwritten, the spool opens, takes a report, and knows no more reports than it had.
    @Test(arguments: 0..<24) func aSpoolWithAWreckedPageGoesOn(wreck: Int) async throws {
        do {
            let spool = try Spool(path: path)
            for _ in 0..<30 {
                try await spool.append([
                    OutgoingReport(.samples, sealed: Instant(seconds: 1), body: [UInt8](repeating: 9, count: 900))
                ])
            }
        }
        var bytes = try folder.read(path)
        let start = wreck * bytes.count / 24
        for index in start..<min(start + 600, bytes.count) { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
        try folder.write(bytes, to: path)
        let spool = try Spool(path: path)
        try await spool.append([report])
        let batch = try await spool.next(bytes: 1 << 20, reports: 100)
        #expect((1...31).contains(batch.count) && batch.contains { $0.body == [7] })
    }

    @Test func damageWhileRunningIsCountedAndTheReportStillTaken() async throws {
        let spool = try Spool(path: path)
        for _ in 0..<3 { try await spool.append([report]) }
        let stream = try await spool.state().stream
        let saboteur = try Connection(path: path)
        try saboteur.script(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE report (nonsense' WHERE name = 'report';
            PRAGMA schema_version = 4711
            """)
        try await spool.append([report])
        let state = try await spool.state()
        #expect(state.damagedFiles == 1 && state.dropped.samples == 3 && state.reports.samples == 1)
        #expect(state.stream != stream)
    }

    /// SQLite's own ceiling on pages stands for the disk: the same result code, on any machine.
    @Test func aFullDiskIsAnErrorThatCountsAndPasses() async throws {
        let spool = try Spool(path: path)
        try await spool.append([report])
        try await spool.limitPages(to: 40)
        let large = OutgoingReport(.states, sealed: Instant(seconds: 2), body: [UInt8](repeating: 1, count: 400_000))
        await #expect {
            try await spool.append([large])
        } throws: { error in
            guard case SpoolError.diskFull = error else { return false }
            return true
        }
        #expect(try await spool.state().dropped == ClassCounts(states: 1))
        try await spool.limitPages(to: 100_000)
        try await spool.append([large])
        let state = try await Spool(path: path).state()
        #expect(state.dropped == ClassCounts(states: 1) && state.reports == ClassCounts(samples: 1, states: 1))
    }

    @Test func aFolderThatIsNotThereIsAnError() {
        #expect(throws: SpoolError.self) { try Spool(path: folder.file("none/spool")) }
    }
}
