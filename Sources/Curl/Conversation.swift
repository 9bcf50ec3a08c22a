/// What is said over a connection once it stands (with its TLS handshake), in place of HTTP or mail: any protocol whose
/// turns a probe decides. Its functions are called on the engine's thread, one at a time, and must be quick.
package struct Conversation: Sendable {
    /// What to do after bytes have come.
    package enum Step: Hashable, Sendable {
        case wait
        case send([UInt8])
        /// All has been said: the transfer succeeds.
        case end
    }

    /// The first bytes to send; our own address and port are what the connection has.
    package var begin: @Sendable (_ localAddress: String, _ localPort: UInt16) -> [UInt8]
    /// Takes the next bytes that came, however they are broken up.
    package var take: @Sendable (_ bytes: [UInt8]) -> Step
    /// Sent once when so long nothing has come; nil for never.
    package var nudge: Nudge?

    package struct Nudge: Hashable, Sendable {
        package var after: Duration
        package var bytes: [UInt8]

        package init(after: Duration, bytes: [UInt8]) {
            self.after = after
            self.bytes = bytes
        }
    }

    package init(
        nudge: Nudge? = nil, begin: @escaping @Sendable (_ localAddress: String, _ localPort: UInt16) -> [UInt8],
        take: @escaping @Sendable (_ bytes: [UInt8]) -> Step
    ) {
        self.begin = begin
        self.take = take
        self.nudge = nudge
    }
}
