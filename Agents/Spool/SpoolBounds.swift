/// How much a spool keeps: it drops the oldest when either is exceeded.
package struct SpoolBounds: Hashable, Sendable {
    /// Of report bodies and `SpoolFile.overhead` each; the file itself is a little larger.
    package var bytes: Int64
    /// Of running time since a report was sealed, not of wall time.
    package var age: Duration

    package init(bytes: Int64 = 1 << 30, age: Duration = .seconds(7 * 86_400)) {
        self.bytes = bytes
        self.age = age
    }
}
