/// A ping as it was asked for: a burst of echo requests to one address.
package struct PingOrder: Hashable, Sendable {
    /// So many packets a burst has at most; the ledger tells them apart by one machine word.
    package static let mostPackets = 64

    package var address: SocketAddress
    package var count: Int
    /// Nanoseconds between two packets.
    package var spacing: Int64
    package var deadline: Moment
    package var manner: EchoManner

    package init(
        _ address: SocketAddress, count: Int = 1, spacing: Duration, deadline: Moment,
        manner: EchoManner = EchoManner()
    ) {
        self.address = address
        self.count = max(0, min(count, Self.mostPackets))
        self.spacing = max(0, spacing.wholeNanoseconds)
        self.deadline = deadline
        self.manner = manner
    }
}
