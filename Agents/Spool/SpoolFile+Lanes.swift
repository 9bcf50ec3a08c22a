internal import SQLite
internal import Vocabulary

extension SpoolFile {
    /// The next reports to send, urgent ones first; always at least one when there is any.
    ///
    /// Two lanes. States, facts and findings go oldest first and before all samples: they are few, small, and a state out of
    /// order would be a lie. Samples go newest first, so what happens now is on the board while a backlog of days
    /// still drains behind it; the backlog gets all the room that live data leaves, which is nearly all of it: live
    /// samples are one report a flush. What that order starves, when the line carries less than is measured, is the
    /// oldest backlog, the very reports that the bounds would drop first anyway. Urgent reports may hold samples up,
    /// but only for as long as sending them takes: their number is bounded by what changed, not by time passed.
    func next(bytes limit: Int, reports count: Int) throws -> [SpooledReport] {
        var batch: [SpooledReport] = []
        var room = limit
        let urgent = "SELECT sequence, bytes FROM report WHERE class IN (1, 2, 3) ORDER BY sequence LIMIT ?"
        let samples = "SELECT sequence, bytes FROM report WHERE class = 0 ORDER BY sequence DESC LIMIT ?"
        for lane in [urgent, samples] where batch.count < count {
            let candidates = try connection.rows(lane, count - batch.count) { ($0.unsigned(0), $0.integer(1)) }
            for (sequence, bytes) in candidates {
                guard batch.isEmpty || Int(clamping: bytes) <= room else { return batch }
                guard let report = try report(sequence) else { continue }
                batch.append(report)
                room -= report.body.count
            }
        }
        return batch
    }

    private func report(_ sequence: UInt64) throws -> SpooledReport? {
        try connection.row("SELECT class, sealed, body FROM report WHERE sequence = ?", sequence) { row in
            SpooledReport(
                sequence: sequence, kind: ReportClass(rawValue: Int(row.integer(0))) ?? .samples,
                sealed: Instant(microseconds: row.integer(1)), body: row.blob(2))
        }
    }
}
