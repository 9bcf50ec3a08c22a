import SQLite
import Spool
import Synchronization
import TestSupport
import Testing
import Vocabulary

private func report(_ kind: ReportClass, _ tag: UInt8, bytes: Int = 10, subject: String = "") -> OutgoingReport {
    OutgoingReport(
        kind, sealed: Instant(seconds: Int64(tag)), subject: subject, body: [UInt8](repeating: tag, count: bytes))
}

@Suite struct SpoolTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("spool")
    }

    @Test func statesAndFactsGoOldestFirstThenSamplesNewestFirst() async throws {
        let spool = try Spool(path: path)
        for (kind, tag) in [(ReportClass.samples, 1), (.states, 2), (.samples, 3), (.facts, 4), (.states, 5)] {
            try await spool.append([report(kind, UInt8(tag))])
        }
        let order = try await spool.next(bytes: 1000, reports: 10).map(\.sequence)
        #expect(order == [2, 4, 5, 3, 1])
        #expect(try await spool.next(bytes: 25, reports: 10).map(\.sequence) == [2, 4])
        #expect(try await spool.next(bytes: 1000, reports: 4).map(\.sequence) == [2, 4, 5, 3])
        #expect(try await spool.next(bytes: 1, reports: 10).map(\.sequence) == [2], "one, however large")
    }

    @Test func aSequenceIsNeverGivenTwice() async throws {
        var spool = try Spool(path: path)
        let first = try await spool.append([report(.samples, 1), report(.samples, 2)])
        try await spool.remove(acknowledged: first)
        let stream = try await spool.state().stream
        spool = try Spool(path: path)
        #expect(try await spool.append([report(.samples, 3)]) == [3])
        #expect(try await spool.state().stream == stream && stream != 0)
    }

    @Test func findingsGoLastWhenRoomRunsOut() async throws {
        let spool = try Spool(path: path, bounds: SpoolBounds(bytes: 3 * 1128))
        for (kind, tag) in [(ReportClass.findings, 1), (.facts, 2), (.states, 3), (.samples, 4), (.states, 5)] {
            try await spool.append([report(kind, UInt8(tag), bytes: 1000)])
        }
        #expect(try await spool.next(bytes: 9000, reports: 9).map(\.sequence) == [1, 2, 5])
    }

    @Test func whatIsKeptWithAReportIsKeptOrLostWithIt() async throws {
        let spool = try Spool(path: path)
        try await spool.append([report(.findings, 1)], keeping: ["watch": [1]])
        try await spool.limitPages(to: await spool.pages())
        await #expect(throws: SpoolError.self) {
            try await spool.append([report(.findings, 2, bytes: 1 << 20)], keeping: ["watch": [2]])
        }
        #expect(try await spool.kept("watch") == [1])
        #expect(try await spool.next(bytes: 9000, reports: 9).map(\.sequence) == [1])
    }

    /// A spool of the version before findings, as an agent leaves it that is about to be replaced.
    @Test func anOlderSpoolGoesOnWithItsReportsAndNumbers() async throws {
        let old = try Connection(path: path)
        try old.script(Self.version1)
        try old.run("INSERT INTO tally VALUES ('stream', 77), ('stamp', 5)")
        for _ in 0..<3 {
            try old.run(
                "INSERT INTO report (class, sealed, stamp, bytes, subject, body) VALUES (1, 9, 1, 2, '', x'0102')")
        }
        try old.run("DELETE FROM report WHERE sequence > 1")
        let spool = try Spool(path: path)
        let state = try await spool.state()
        #expect(state.stream == 77 && state.damagedFiles == 0 && state.reports == ClassCounts(states: 1))
        #expect(try await spool.append([report(.findings, 1)]) == [4], "numbers go on")
        #expect(try await spool.next(bytes: 900, reports: 9).map(\.body) == [[1, 2], report(.findings, 1).body])
        let again = try Spool(path: path)
        #expect(try await again.append([report(.findings, 1)]) == [5])
    }

    private static let version1 = """
        CREATE TABLE report (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            class INTEGER NOT NULL CHECK (class IN (0, 1, 2)),
            sealed INTEGER NOT NULL,
            stamp INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            subject TEXT NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE INDEX report_class ON report (class, sequence, bytes, stamp, sealed);
        CREATE INDEX report_subject ON report (subject, sequence) WHERE subject <> '';
        CREATE TABLE refused (
            sequence INTEGER PRIMARY KEY,
            class INTEGER NOT NULL,
            sealed INTEGER NOT NULL,
            problem TEXT NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        CREATE TABLE tally (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
        CREATE TABLE kept (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
        PRAGMA application_id = 1212445552;
        PRAGMA user_version = 1;
        """

    @Test func whatTheCollectorRefusesIsKeptAsideAndCounted() async throws {
        let spool = try Spool(path: path)
        for tag in 1...70 { try await spool.append([report(.states, UInt8(tag))]) }
        for sequence in 1...69 { try await spool.setAside(refused: UInt64(sequence), problem: "bad \(sequence)") }
        try await spool.setAside(refused: 999, problem: "not there")
        let state = try await spool.state()
        #expect(state.refused == 69 && state.reports.total == 1 && state.dropped.total == 0)
        let kept = try await spool.refused()
        #expect(kept.count == 64 && kept.first?.problem == "bad 69")
    }

    @Test func roomIsMadeBySupersededFactsThenSamplesThenStatesThenFacts() async throws {
        let spool = try Spool(path: path, bounds: SpoolBounds(bytes: 4 * (1000 + 128)))
        try await spool.append([
            report(.facts, 1, bytes: 1000, subject: "a"), report(.samples, 2, bytes: 1000),
            report(.states, 3, bytes: 1000), report(.facts, 4, bytes: 1000, subject: "a"),
        ])
        func after(_ outgoing: OutgoingReport) async throws -> [UInt64] {
            try await spool.append([outgoing])
            return try await spool.next(bytes: 1 << 20, reports: 100).map(\.sequence).sorted()
        }
        #expect(try await after(report(.states, 5, bytes: 1000)) == [2, 3, 4, 5])
        #expect(try await after(report(.states, 6, bytes: 1000)) == [3, 4, 5, 6])
        #expect(try await after(report(.facts, 7, bytes: 1000, subject: "b")) == [4, 5, 6, 7])
        #expect(try await after(report(.facts, 8, bytes: 1000, subject: "c")) == [4, 6, 7, 8])
        #expect(try await after(report(.facts, 9, bytes: 1000, subject: "d")) == [4, 7, 8, 9])
        #expect(try await after(report(.facts, 10, bytes: 1000, subject: "e")) == [7, 8, 9, 10])
        let expected = ClassCounts(samples: 1, states: 3, facts: 2)
        #expect(try await spool.state().dropped == expected)
        #expect(try await Spool(path: path).state().dropped == expected, "the counts outlive the process")
    }

    @Test func ageIsRunningTimeSoAJumpOfTheWallClockDropsNothing() async throws {
        let now = Mutex(ContinuousClock.now)
        let spool = try Spool(path: path, bounds: SpoolBounds(age: .seconds(100)), monotonic: { now.withLock { $0 } })
        try await spool.append([OutgoingReport(.samples, sealed: Instant(seconds: 0), body: [1])])
        try await spool.append([OutgoingReport(.samples, sealed: Instant(seconds: 2_000_000_000), body: [2])])
        #expect(try await spool.state().reports.samples == 2)
        now.withLock { $0 += .seconds(60) }
        try await spool.append([report(.facts, 3)])
        now.withLock { $0 += .seconds(60) }
        try await spool.append([report(.states, 4)])
        let state = try await spool.state()
        #expect(state.reports == ClassCounts(states: 1, facts: 1) && state.dropped == ClassCounts(samples: 2))
    }

    @Test func replacingTakesTheOlderOnesOfTheSubjectOut() async throws {
        let spool = try Spool(path: path)
        try await spool.append([report(.states, 1), report(.states, 2, subject: "restated")])
        try await spool.append([report(.states, 3, subject: "restated")], replacing: "restated")
        #expect(try await spool.next(bytes: 1000, reports: 9).map(\.sequence) == [1, 3])
        try await spool.append([report(.states, 4, subject: "restated")], replacing: "none of them")
        for reopened in [spool, try Spool(path: path)] {
            #expect(try await reopened.state().dropped.total == 0)
            #expect(try await reopened.state().replaced == 1)
        }
    }

    @Test func aDocumentIsKept() async throws {
        try await Spool(path: path).keep([1, 2, 3], as: "assignment")
        #expect(try await Spool(path: path).kept("assignment") == [1, 2, 3])
        #expect(try await Spool(path: path).kept("other") == nil)
    }

    @Test func aDrainedBacklogGivesItsDiskBack() async throws {
        let spool = try Spool(path: path)
        for _ in 0..<40 { try await spool.append([report(.samples, 1, bytes: 100_000)]) }
        for sequence in 1...40 { try await spool.remove(acknowledged: [UInt64(sequence)]) }
        let inspector = try Spool(path: path)
        #expect(try await inspector.state().isEmpty)
        #expect(try await spool.pages() < 100)
    }
}
