/// One question by UDP and how long to ask it: where to, what, and what its answer is known by.
package struct UDPExchange: Hashable, Sendable {
    package var destination: SocketAddress
    package var payload: [UInt8]
    /// What the engine's reader finds in the answer; no two exchanges under way with one destination may share it.
    package var key: UInt64
    /// After so long without an answer the payload is sent again; each counted from the send before.
    package var retransmissions: [Duration]
    package var deadline: ContinuousClock.Instant

    package init(
        to destination: SocketAddress, payload: [UInt8], key: UInt64, retransmissions: [Duration] = [],
        deadline: ContinuousClock.Instant
    ) {
        self.destination = destination
        self.payload = payload
        self.key = key
        self.retransmissions = retransmissions
        self.deadline = deadline
    }
}

/// What a protocol's reader tells of a received datagram: which exchange it belongs to.
package struct UDPMark: Hashable, Sendable {
    package var key: UInt64
    /// False for word that the answer is still to come, e.g. SIP's 100 Trying.
    package var isFinal: Bool

    package init(_ key: UInt64, isFinal: Bool = true) {
        self.key = key
        self.isFinal = isFinal
    }
}
