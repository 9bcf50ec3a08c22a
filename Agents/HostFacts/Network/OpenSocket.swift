/// A socket that waits for whoever comes, and who holds it.
package struct OpenSocket: Hashable, Sendable {
    /// `tcp` or `udp`.
    package var kind: String
    /// `0.0.0.0:22` or `[::]:22`.
    package var local: String
    /// Both empty when they cannot be seen.
    package var program: String
    package var path: String
    package var user: String
    package var inode: UInt64
}
