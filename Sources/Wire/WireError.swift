/// What is wrong with bytes from the other side: the place in the message, and the problem.
package struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A path into the message, e.g. `observations.metric_name[17]`.
    package var place: String
    package var problem: String

    package init(_ place: String, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { "\(place): \(problem)" }
}
