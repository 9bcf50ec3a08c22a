package import SQLite
package import Vocabulary

/// The ways to the targets of checks, the newest of each kept.
package struct PathStore {
    /// So many of each check; the newest that reached the target is kept beyond, for it is the way before.
    package static let keptPerCheck = 50

    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Takes a path in; one that is there already changes nothing.
    package func add(_ path: Path, checkID: Int64) throws {
        try connection.run(
            """
            INSERT INTO path (check_id, seen, occasion, finish, detail, hops) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """, checkID, path.seen.microseconds, Int64(path.occasion.rawValue), Int64(path.end.rawValue), path.detail,
            Self.text(of: path.hops))
        try connection.run(
            """
            DELETE FROM path WHERE check_id = ? AND id NOT IN
                (SELECT id FROM path WHERE check_id = ? ORDER BY seen DESC LIMIT ?)
            AND id IS NOT (SELECT id FROM path WHERE check_id = ? AND finish = 0 ORDER BY seen DESC LIMIT 1)
            """, checkID, checkID, Int64(Self.keptPerCheck), checkID)
    }

    /// Of all checks that an asset still has, the newest first.
    package func paths(assetID: Int64) throws -> [Path] {
        try connection.rows(
            """
            SELECT probe_check.name, path.seen, path.occasion, path.finish, path.detail, path.hops
            FROM path JOIN probe_check ON probe_check.id = path.check_id
            WHERE probe_check.asset_id = ? AND probe_check.removed IS NULL ORDER BY path.seen DESC, path.id DESC
            """, assetID
        ) { row in
            Path(
                check: CheckName(rawValue: row.text(0)), seen: Instant(microseconds: row.integer(1)),
                occasion: Path.Occasion(rawValue: Int(row.integer(2))) ?? .routine, hops: Self.hops(of: row.text(5)),
                end: Path.End(rawValue: Int(row.integer(3))) ?? .silent, detail: row.text(4))
        }
    }

    private static func text(of hops: [Path.Hop]) -> String {
        hops.map { hop in
            "\(hop.address.isEmpty ? "-" : hop.address) \(hop.roundTrip?.wholeMicroseconds ?? 0)"
        }.joined(separator: "\n")
    }

    private static func hops(of text: String) -> [Path.Hop] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            let microseconds = parts.count > 1 ? Int64(parts[1]) ?? 0 : 0
            return Path.Hop(
                address: parts.first.map { $0 == "-" ? "" : String($0) } ?? "",
                roundTrip: microseconds > 0 ? .microseconds(microseconds) : nil)
        }
    }
}
