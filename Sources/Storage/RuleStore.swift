package import Detection
import Foundation
package import SQLite
import Vocabulary

/// How some assets are judged otherwise than their class has it. Rules belong to no unit.
package struct RuleStore {
    private let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// In order of name.
    package func all() throws -> [Rule] {
        let decoder = JSONDecoder()
        return try connection.rows("SELECT name, selection, checks, patience FROM rule ORDER BY name") { row in
            (row.text(0), row.text(1), row.text(2), row.optionalInteger(3))
        }.map { name, match, checks, patience in
            Rule(
                name: name, match: try decoder.decode(Rule.Match.self, from: Data(match.utf8)),
                checks: try decoder.decode([String: [String: String]].self, from: Data(checks.utf8)),
                patience: patience.map { .microseconds($0) })
        }
    }

    /// Adds a rule or brings a known one to these values.
    package func put(_ rule: Rule) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try connection.run(
            """
            INSERT INTO rule (name, selection, checks, patience) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                selection = excluded.selection, checks = excluded.checks, patience = excluded.patience
            """, rule.name, String(decoding: try encoder.encode(rule.match), as: UTF8.self),
            String(decoding: try encoder.encode(rule.checks), as: UTF8.self), rule.patience?.wholeMicroseconds)
    }

    package func remove(_ name: String) throws {
        try connection.run("DELETE FROM rule WHERE name = ?", name)
    }
}
