/// Why bytes are no document of their kind: what was wrong, and at which byte.
package struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    package var problem: String
    /// From 0.
    package var offset: Int

    package init(_ problem: String, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }

    package var description: String { "\(problem) at byte \(offset)" }
}
