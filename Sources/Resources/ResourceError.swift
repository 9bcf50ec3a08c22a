/// What is wrong with an applied file: where, and what.
package struct ResourceError: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1; 0 when no line can be named.
    package var line: Int
    package var problem: String

    package init(file: String, line: Int, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String { line > 0 ? "\(file):\(line): \(problem)" : "\(file): \(problem)" }
}

/// Everything that is wrong with a file, in order of line.
package struct ResourceErrors: Error, Hashable, Sendable, CustomStringConvertible {
    package var errors: [ResourceError]

    package init(errors: [ResourceError]) {
        self.errors = errors.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
    }

    package var description: String { errors.map(\.description).joined(separator: "\n") }
}
