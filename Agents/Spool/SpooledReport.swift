package import Vocabulary

/// A report as it goes into the spool: encoded, with what the spool needs to know of it.
package struct OutgoingReport: Hashable, Sendable {
    package var kind: ReportClass
    package var sealed: Instant
    /// What the report is about, when a newer one about the same makes it worthless: a facts sheet's asset and
    /// source. Empty for reports that stand alone.
    package var subject: String
    /// The bytes of a `Wire.Report`.
    package var body: [UInt8]

    package init(_ kind: ReportClass, sealed: Instant, subject: String = "", body: [UInt8]) {
        self.kind = kind
        self.sealed = sealed
        self.subject = subject
        self.body = body
    }
}

/// A report in the spool, under the number it keeps for good.
package struct SpooledReport: Hashable, Sendable {
    package var sequence: UInt64
    package var kind: ReportClass
    package var sealed: Instant
    package var body: [UInt8]
}

/// A report that the collector will never take, kept for whoever wants to know why.
package struct RefusedReport: Hashable, Sendable {
    package var sequence: UInt64
    package var kind: ReportClass
    package var sealed: Instant
    package var problem: String
}

/// What a spool holds and what it has lost.
package struct SpoolState: Hashable, Sendable {
    /// Random, new with each new file: a sequence number means nothing without it.
    package var stream: UInt64
    package var reports: ClassCounts
    package var bytes: Int64
    /// When the oldest report was sealed; nil when there is none.
    package var oldest: Instant?
    /// Reports given up: too old, too many, or refused by the disk. An upper bound: one given up while it was on its
    /// way may have arrived.
    package var dropped: ClassCounts
    /// Reports taken out because a newer one says all they said: their numbers may never arrive.
    package var replaced: UInt64
    /// Reports that the collector refused, ever.
    package var refused: UInt64
    /// Spool files that were damaged or not ours, moved aside.
    package var damagedFiles: UInt64
    package var isEmpty: Bool { reports.total == 0 }
}
