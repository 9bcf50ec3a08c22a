import SQLite
import Vocabulary

/// The part of a WHERE clause that keeps a query within a scope.
struct ScopeFilter {
    let sql: String
    let arguments: [any Bindable]

    init(_ scope: Scope, column: String) {
        switch scope {
        case .everything:
            sql = "1 = 1"
            arguments = []
        case .units(let units):
            let sorted = units.sorted()
            sql = sorted.isEmpty ? "1 = 0" : "\(column) IN (\(sorted.map { _ in "?" }.joined(separator: ", ")))"
            arguments = sorted
        }
    }
}
