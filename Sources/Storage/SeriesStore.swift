package import SQLite
package import Vocabulary

/// Samples over time, in two tiers: as measured, and per five minutes.
package struct SeriesStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// How long each tier is kept, and how much of it at most.
    package struct Retention: Hashable, Sendable {
        package var raw: Duration
        package var averages: Duration

        package init(raw: Duration = .seconds(14 * 86_400), averages: Duration = .seconds(365 * 86_400)) {
            self.raw = raw
            self.averages = averages
        }
    }

    /// One point of a chart: a raw sample has equal bounds and a count of 1.
    package struct Point: Hashable, Sendable {
        package var time: Instant
        package var lowest: Double
        package var highest: Double
        package var mean: Double
        package var count: Int
    }

    package enum Tier: Sendable {
        case raw
        case averages
    }

    /// A check may have this many series: a probe that invents labels must not fill the disk.
    package static let seriesPerCheck = 2000
    private static let bucket: Int64 = 300_000_000

    /// The row of a series, made when it is new; nil when the check has too many.
    package func series(checkID: Int64, metric: Metric) throws -> Int64? {
        let known = try connection.row(
            "SELECT id FROM series WHERE check_id = ? AND metric = ?", checkID, metric.text
        ) { $0.integer(0) }
        if let known { return known }
        let count = try connection.row("SELECT count(*) FROM series WHERE check_id = ?", checkID) { $0.integer(0) } ?? 0
        guard count < Self.seriesPerCheck else { return nil }
        try connection.run("INSERT INTO series (check_id, metric) VALUES (?, ?)", checkID, metric.text)
        return connection.lastInserted
    }

    /// Adds a sample to both tiers; one that is there already changes neither.
    package func append(series: Int64, time: Instant, value: Double) throws {
        guard value.isFinite else { return }
        try connection.run(
            "INSERT INTO sample (series_id, time, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            series, time.microseconds, value)
        guard connection.changes > 0 else { return }
        try connection.run(
            """
            INSERT INTO average (series_id, time, lowest, highest, total, count) VALUES (?, ?, ?, ?, ?, 1)
            ON CONFLICT (series_id, time) DO UPDATE SET
                lowest = min(average.lowest, excluded.lowest), highest = max(average.highest, excluded.highest),
                total = average.total + excluded.total, count = average.count + 1
            """, series, time.microseconds / Self.bucket * Self.bucket, value, value, value)
    }

    /// The metrics of a check, in order of name.
    package func metrics(check: CheckName, scope: Scope) throws -> [(series: Int64, metric: Metric)] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            """
            SELECT series.id, series.metric FROM series
            JOIN probe_check ON probe_check.id = series.check_id JOIN asset ON asset.id = probe_check.asset_id
            WHERE probe_check.name = ? AND \(filter.sql) ORDER BY series.metric
            """, arguments: [check.rawValue] + filter.arguments
        ) { ($0.integer(0), Metric(text: $0.text(1))) }
    }

    /// The points of a series from one instant up to, not including, another.
    package func points(series: Int64, from start: Instant, to end: Instant, tier: Tier) throws -> [Point] {
        switch tier {
        case .raw:
            try connection.rows(
                "SELECT time, value FROM sample WHERE series_id = ? AND time >= ? AND time < ? ORDER BY time",
                series, start.microseconds, end.microseconds
            ) { row in
                let value = row.real(1)
                return Point(
                    time: Instant(microseconds: row.integer(0)), lowest: value, highest: value, mean: value, count: 1)
            }
        case .averages:
            try connection.rows(
                """
                SELECT time, lowest, highest, total, count FROM average
                WHERE series_id = ? AND time >= ? AND time < ? ORDER BY time
                """, series, start.microseconds, end.microseconds
            ) { row in
                let (lowest, highest) = (row.real(1), row.real(2))
                // A total that left the range of numbers gives a mean that JSON cannot carry.
                let mean = min(max(lowest, row.real(3) / Double(max(1, row.integer(4)))), highest)
                return Point(
                    time: Instant(microseconds: row.integer(0)), lowest: lowest, highest: highest, mean: mean,
                    count: Int(row.integer(4)))
            }
        }
    }

    /// The newest sample of a series.
    package func last(series: Int64) throws -> (time: Instant, value: Double)? {
        try connection.row(
            "SELECT time, value FROM sample WHERE series_id = ? ORDER BY time DESC LIMIT 1", series
        ) { (Instant(microseconds: $0.integer(0)), $0.real(1)) }
    }

    /// The newest sample of every series of which the name without its labels ends so, of checks in service.
    package func latest(
        named ending: String, scope: Scope
    ) throws -> [(check: CheckName, metric: Metric, time: Instant, value: Double)] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            """
            SELECT probe_check.name, series.metric, sample.time, sample.value FROM series
            JOIN probe_check ON probe_check.id = series.check_id JOIN asset ON asset.id = probe_check.asset_id
            JOIN sample ON sample.series_id = series.id AND sample.time =
                (SELECT max(newest.time) FROM sample AS newest WHERE newest.series_id = series.id)
            WHERE series.metric LIKE ? AND probe_check.removed IS NULL AND \(filter.sql) ORDER BY series.id
            """, arguments: ["%\(ending)%"] + filter.arguments
        ) { row in
            (
                CheckName(rawValue: row.text(0)), Metric(text: row.text(1)), Instant(microseconds: row.integer(2)),
                row.real(3)
            )
        }.filter { $0.metric.name.hasSuffix(ending) }
    }

    /// The newest sample of every series of a check.
    package func latest(check: CheckName, scope: Scope) throws -> [(metric: Metric, time: Instant, value: Double)] {
        try metrics(check: check, scope: scope).compactMap { series, metric in
            try last(series: series).map { (metric, $0.time, $0.value) }
        }
    }

    /// Deletes at most `limit` rows of a series and tier that are past their time; how many it deleted.
    package func expire(_ retention: Retention, now: Instant, limit: Int) throws -> Int {
        var deleted = 0
        for series in try connection.rows("SELECT id FROM series", as: { $0.integer(0) }) {
            guard deleted < limit else { break }
            try connection.run(
                """
                DELETE FROM sample WHERE series_id = ? AND time IN
                    (SELECT time FROM sample WHERE series_id = ? AND time < ? ORDER BY time LIMIT ?)
                """, series, series, (now - retention.raw).microseconds, limit - deleted)
            deleted += connection.changes
            guard deleted < limit else { break }
            try connection.run(
                """
                DELETE FROM average WHERE series_id = ? AND time IN
                    (SELECT time FROM average WHERE series_id = ? AND time < ? ORDER BY time LIMIT ?)
                """, series, series, (now - retention.averages).microseconds, limit - deleted)
            deleted += connection.changes
        }
        return deleted
    }
}
