/// The tables of a spool's file, and how a file is known to be one.
enum SpoolSchema {
    /// "HDsp" in the header of the file.
    static let application: Int64 = 0x4844_7370
    static let version: Int64 = 2

    /// AUTOINCREMENT: a sequence number is never given twice, not even after the newest report was removed.
    /// `stamp` is the spool's running time in microseconds: the wall clock may jump by years on a machine without a
    /// battery, and must not take a week of reports with it.
    static let script = """
        CREATE TABLE report (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            class INTEGER NOT NULL CHECK (class IN (0, 1, 2, 3)),
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
        PRAGMA application_id = \(application);
        PRAGMA user_version = \(version);
        """

    /// From the version before findings. The numbers go on where they were: the greatest is kept by the table's name,
    /// which a renamed table takes along.
    static let fromVersion1 = """
        ALTER TABLE report RENAME TO report_before;
        DROP INDEX report_class;
        DROP INDEX report_subject;
        CREATE TABLE report (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            class INTEGER NOT NULL CHECK (class IN (0, 1, 2, 3)),
            sealed INTEGER NOT NULL,
            stamp INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            subject TEXT NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        INSERT INTO report SELECT * FROM report_before;
        DELETE FROM sqlite_sequence WHERE name = 'report';
        INSERT INTO sqlite_sequence (name, seq) SELECT 'report', seq FROM sqlite_sequence WHERE name = 'report_before';
        DROP TABLE report_before;
        CREATE INDEX report_class ON report (class, sequence, bytes, stamp, sealed);
        CREATE INDEX report_subject ON report (subject, sequence) WHERE subject <> '';
        PRAGMA user_version = 2;
        """
}

/// The names of the persisted counters.
enum TallyName {
    static let stream = "stream"
    static let stamp = "stamp"
    static let refused = "refused"
    static let replaced = "replaced"
    static let damaged = "damaged-files"

    static func dropped(_ kind: ReportClass) -> String { "dropped-\(kind.word)" }
}
