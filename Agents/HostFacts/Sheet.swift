package import Vocabulary

/// What one read of this machine found out, and what it could not see.
package struct Sheet: Hashable, Sendable {
    /// Sorted by path, each path once: two reads without a change are equal.
    package var facts: [Fact]
    /// Sorted by code, each code once.
    package var blindSpots: [BlindSpot]
}
