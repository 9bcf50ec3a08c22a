package import SQLite
package import Vocabulary

/// Finds assets among many thousands: a list needs little of each, and only the rows of one page whole.
package struct AssetIndex {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Filter: Hashable, Sendable {
        package var assetClass: String?
        /// Owned by one of these.
        package var units: Set<String>?
        package var site: String?

        package init(assetClass: String? = nil, units: Set<String>? = nil, site: String? = nil) {
            self.assetClass = assetClass
            self.units = units
            self.site = site
        }
    }

    package struct Entry: Hashable, Sendable {
        package var id: Int64
        package var name: String
        /// Whole đồng; nil where the book has none.
        package var price: Int64?
        /// What a search looks through; empty unless it was asked for.
        package var words: String
    }

    /// Everything in the scope that passes the filter, in order of name.
    package func entries(_ filter: Filter, scope: Scope, withWords: Bool) throws -> [Entry] {
        let within = ScopeFilter(scope, column: "asset.unit")
        var (conditions, arguments) = (["asset.removed IS NULL", within.sql], within.arguments)
        if let assetClass = filter.assetClass {
            conditions.append("asset.class = ?")
            arguments.append(assetClass)
        }
        if let units = filter.units {
            let owned = ScopeFilter(.units(units), column: "asset.unit")
            conditions.append(owned.sql)
            arguments += owned.arguments
        }
        if let site = filter.site {
            conditions.append("asset.site = ?")
            arguments.append(site)
        }
        return try connection.rows(
            """
            SELECT asset.id, asset.name, CAST(price.value AS INTEGER), \(withWords ? Self.words : "''")
            FROM asset LEFT JOIN book AS price ON price.asset_id = asset.id AND price.field = 'price'
            LEFT JOIN unit ON unit.name = asset.unit LEFT JOIN site ON site.name = asset.site
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY asset.name
            """, arguments: arguments
        ) { row in
            Entry(id: row.integer(0), name: row.text(1), price: row.optionalInteger(2), words: row.text(3))
        }
    }

    private static let words = """
        asset.name || ' ' || asset.class || ' ' || asset.address || ' ' || asset.url || ' ' || coalesce(asset.unit, '')
            || ' ' || coalesce(asset.site, '') || ' ' || coalesce(unit.title, '') || ' ' || coalesce(site.title, '')
            || ' ' || coalesce((
                SELECT group_concat(book.value, ' ') FROM book
                WHERE book.asset_id = asset.id AND book.field IN ('title', 'code', 'serial', 'custodian')), '')
        """

    /// How many assets there are of each class, by the class's name.
    package func classes(scope: Scope) throws -> [String: Int] {
        let filter = ScopeFilter(scope, column: "unit")
        let rows = try connection.rows(
            "SELECT class, count(*) FROM asset WHERE removed IS NULL AND \(filter.sql) GROUP BY class",
            arguments: filter.arguments
        ) { ($0.text(0), Int($0.integer(1))) }
        return Dictionary(rows) { first, _ in first }
    }

    /// The codes of these assets, by row.
    package func codes(of ids: [Int64]) throws -> [Int64: String] {
        let marks = ids.map { _ in "?" }.joined(separator: ", ")
        let rows = try connection.rows(
            "SELECT asset_id, value FROM book WHERE field = 'code' AND asset_id IN (\(marks))", arguments: ids
        ) { ($0.integer(0), $0.text(1)) }
        return Dictionary(rows) { first, _ in first }
    }
}
