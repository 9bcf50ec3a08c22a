package import SQLite
package import Vocabulary

/// What the office keeps of assets: values by the stable name of their field, in their kept form.
package struct BookStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What the assets of one class that one unit owns come to.
    package struct Total: Hashable, Sendable {
        /// Empty where no unit owns them.
        package var unit: String
        package var assetClass: String
        package var assets: Int
        /// Whole đồng of those that have a price.
        package var price: Int64
        package var withoutPrice: Int
        package var withoutCode: Int
    }

    package func book(assetID: Int64) throws -> [String: String] {
        let pairs = try connection.rows("SELECT field, value FROM book WHERE asset_id = ?", assetID) {
            ($0.text(0), $0.text(1))
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The books of all assets in the scope, by the asset's row; an asset without one is absent.
    package func all(scope: Scope) throws -> [Int64: [String: String]] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        let rows = try connection.rows(
            """
            SELECT book.asset_id, book.field, book.value FROM book JOIN asset ON asset.id = book.asset_id
            WHERE \(filter.sql)
            """, arguments: filter.arguments
        ) { ($0.integer(0), $0.text(1), $0.text(2)) }
        return rows.reduce(into: [:]) { books, row in books[row.0, default: [:]][row.1] = row.2 }
    }

    /// The asset that a code stands for.
    package func asset(withCode code: String) throws -> Int64? {
        try connection.row("SELECT asset_id FROM book WHERE field = 'code' AND value = ?", code) { $0.integer(0) }
    }

    /// Puts this in the place of all that the book said of an asset; empty values are none.
    package func put(_ book: [String: String], assetID: Int64) throws {
        try connection.run("DELETE FROM book WHERE asset_id = ?", assetID)
        for (field, value) in book where !value.isEmpty {
            try connection.run(
                "INSERT INTO book (asset_id, field, value) VALUES (?, ?, ?)", assetID, field, value)
        }
    }

    /// A sum that leaves the range of numbers stays at its end; up to nine million billion đồng it is exact.
    package func totals(scope: Scope) throws -> [Total] {
        let filter = ScopeFilter(scope, column: "asset.unit")
        return try connection.rows(
            """
            SELECT coalesce(asset.unit, ''), asset.class, count(*),
                CAST(min(total(CAST(price.value AS INTEGER)), 9e18) AS INTEGER),
                sum(price.value IS NULL), sum(code.value IS NULL)
            FROM asset
            LEFT JOIN book AS price ON price.asset_id = asset.id AND price.field = 'price'
            LEFT JOIN book AS code ON code.asset_id = asset.id AND code.field = 'code'
            WHERE asset.removed IS NULL AND \(filter.sql) GROUP BY 1, 2 ORDER BY 1, 2
            """, arguments: filter.arguments
        ) { row in
            Total(
                unit: row.text(0), assetClass: row.text(1), assets: Int(row.integer(2)), price: row.integer(3),
                withoutPrice: Int(row.integer(4)), withoutCode: Int(row.integer(5)))
        }
    }
}
