package import Vocabulary

/// Why nothing is told of an asset for a while; it is measured all the same.
package enum Quiet: Hashable, Sendable {
    /// The name of the maintenance, and its end.
    case maintenance(String, until: Instant?)
    /// The name of its hours, and when they begin again.
    case hours(String, until: Instant?)
}
