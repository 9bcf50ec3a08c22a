import SQLite
import Vocabulary

extension Row {
    /// The outcome in five columns in a row: state, code, step, expected, got.
    func outcome(from column: Int32) -> Outcome {
        Outcome(
            State(rawValue: Int(integer(column))) ?? .unknown,
            reason: Reason(
                text(column + 1), step: text(column + 2), expected: text(column + 3), got: text(column + 4)))
    }
}
