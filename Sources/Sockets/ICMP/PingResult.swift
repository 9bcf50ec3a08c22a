/// What came of one ping.
package struct PingResult: Hashable, Sendable {
    /// Packets that left this machine.
    package var sent: Int
    /// One for each packet that left, in order: its round-trip time, nil when no reply came by the deadline.
    package var roundTrips: [Duration?]
    /// Replies that came after their deadline, to this ping or to earlier ones, since the address was last pinged.
    package var late: Int
    /// Second and further replies to the same packet, since the address was last pinged.
    package var duplicates: Int
    /// Replies that are not the target's: sent from another address, or with a payload that this process never wrote.
    package var foreign: Int
    /// Replies that came after the reply to a later packet (RFC 4737 §3).
    package var reordered: Int
    /// The code points that the replies bore, as far as they came with them; only asked for where requests bear one.
    package var codePoints: Set<UInt8>
    /// Errors that came back, in order.
    package var errors: [ICMPFault]
    /// The first refusal of this machine to send, when there was one.
    package var refusal: SystemError?

    package init(
        sent: Int = 0, roundTrips: [Duration?] = [], late: Int = 0, duplicates: Int = 0, foreign: Int = 0,
        reordered: Int = 0, codePoints: Set<UInt8> = [], errors: [ICMPFault] = [], refusal: SystemError? = nil
    ) {
        self.sent = sent
        self.roundTrips = roundTrips
        self.late = late
        self.duplicates = duplicates
        self.foreign = foreign
        self.reordered = reordered
        self.codePoints = codePoints
        self.errors = errors
        self.refusal = refusal
    }

    /// Packets that were answered in time.
    package var received: Int { roundTrips.count { $0 != nil } }
}
