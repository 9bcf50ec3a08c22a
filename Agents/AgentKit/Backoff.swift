/// How long to wait after failures: doubled from half a second to ten seconds, each time by chance a little less.
///
/// The chance keeps a province of agents from coming back in step when their collector does. Ten seconds, because a collector that is back
/// shows live samples within 15 s, and takes an agent that it has not heard of for 20 s as silent.
package struct Backoff: Hashable, Sendable {
    private static let shortest = 0.5
    private static let longest = 10.0

    package private(set) var failures = 0

    package init() {}

    /// - Parameter chance: from 0 to 1.
    package mutating func failed(chance: Double) -> Duration {
        let doubled = Self.shortest * Double(1 << min(failures, 10))
        failures += 1
        return .seconds(min(doubled, Self.longest) * (0.5 + 0.5 * min(max(chance, 0), 1)))
    }

    package mutating func succeeded() {
        failures = 0
    }
}
