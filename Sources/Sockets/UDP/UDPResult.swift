/// What came of one exchange.
package struct UDPResult: Hashable, Sendable {
    package enum Ending: Hashable, Sendable {
        case answered(UDPAnswer)
        /// Nothing by the deadline.
        case timedOut
        /// An ICMP error came instead: port unreachable is the destination's own word, others are a router's.
        case refused(ICMPFault)
        /// This machine did not let the first datagram out.
        case cannotSend(SystemError)
        /// The asking task was cancelled, or the engine closed.
        case cancelled
    }

    package var ending: Ending
    /// How often the payload left this machine.
    package var sends: Int
    /// Datagrams that said an answer was still to come.
    package var provisional: Int
    /// Answers to earlier exchanges with this destination, or after the deadline, since it was last asked.
    package var late: Int
    /// Second and further answers, since the destination was last asked.
    package var duplicates: Int
    /// Datagrams with the exchange's key from another address or port.
    package var foreign: Int
    /// Datagrams from the destination that the reader could make nothing of.
    package var unreadable: Int
    /// Every ICMP error that came back, in order.
    package var faults: [ICMPFault]

    package init(
        _ ending: Ending, sends: Int = 0, provisional: Int = 0, late: Int = 0, duplicates: Int = 0, foreign: Int = 0,
        unreadable: Int = 0, faults: [ICMPFault] = []
    ) {
        self.ending = ending
        self.sends = sends
        self.provisional = provisional
        self.late = late
        self.duplicates = duplicates
        self.foreign = foreign
        self.unreadable = unreadable
        self.faults = faults
    }
}

/// The datagram that answered.
package struct UDPAnswer: Hashable, Sendable {
    package var bytes: [UInt8]
    package var source: SocketAddress
    /// From the first send to the answer, by the kernel's receive timestamp.
    package var elapsed: Duration
    /// There and back; nil when the payload was sent more than once, because nobody can tell which was answered
    /// (Karn's rule, RFC 6298 §3).
    package var roundTrip: Duration?

    package init(bytes: [UInt8], source: SocketAddress, elapsed: Duration, roundTrip: Duration?) {
        self.bytes = bytes
        self.source = source
        self.elapsed = elapsed
        self.roundTrip = roundTrip
    }
}
