/// What tells a reply to this process from all others, in the first 16 bytes of the payload.
///
/// An unprivileged socket gets its identifier from the kernel, and 16 bits of sequence are few for thousands of targets.
package struct EchoMark: Hashable, Sendable {
    /// Bytes on the wire.
    package static let size = 16

    /// Of the process, at random.
    package var nonce: UInt64
    package var number: UInt64

    package init(nonce: UInt64, number: UInt64) {
        self.nonce = nonce
        self.number = number
    }

    /// The mark that a payload begins with; nil when it is too short to hold one.
    package init?(_ payload: RawSpan) {
        guard payload.byteCount >= Self.size else { return nil }
        nonce = payload.big64(0)
        number = payload.big64(8)
    }
}
