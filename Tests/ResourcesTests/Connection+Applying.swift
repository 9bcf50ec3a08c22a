import Resources
import SQLite
import Vocabulary

extension Connection {
    /// Applies a file as the collector does: whole, in one transaction.
    @discardableResult
    func apply(_ text: String, at now: Instant) throws -> ApplyPlan {
        let declarations = try ResourceReader.read(text, file: "a.yaml")
        return try transaction { try ApplyPlan.apply(declarations, by: "an", at: now, in: self) }
    }
}
