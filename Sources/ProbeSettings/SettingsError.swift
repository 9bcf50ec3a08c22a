/// A setting that cannot be taken: which key, and what is wrong with it, for the person who wrote it.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The key, `target` for the target, e.g. `expect.status`.
    package var key: String
    package var problem: String

    package init(key: String, problem: String) {
        self.key = key
        self.problem = problem
    }

    package var description: String { "\(key): \(problem)" }
}
