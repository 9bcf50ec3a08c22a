/// The way to a host, hop by hop, by what its routers said of packets that ran out of hops (RFC 792, RFC 4443).
package struct PathTrace: Hashable, Sendable {
    /// What came of the packets with one hop limit.
    package struct Hop: Hashable, Sendable {
        /// 1 is the first router.
        package var limit: UInt8
        /// Packets that left.
        package var asked: Int
        /// Who answered, in order of first answer; more than one where the path is shared out.
        package var answerers: [SocketAddress]
        package var roundTrips: [Duration]

        package init(limit: UInt8, asked: Int, answerers: [SocketAddress] = [], roundTrips: [Duration] = []) {
            self.limit = limit
            self.asked = asked
            self.answerers = answerers
            self.roundTrips = roundTrips
        }
    }

    /// Why it goes no farther.
    package enum End: Hashable, Sendable {
        /// The host itself answered.
        case reached
        /// Somebody on the way says that the host cannot be reached.
        case refused(ICMPFault)
        /// Nobody answers after the last hop that did.
        case silent
        /// There was no time, or no right, for the rest.
        case unfinished(SystemError?)
    }

    package var target: SocketAddress
    package var hops: [Hop]
    package var end: End

    package init(target: SocketAddress, hops: [Hop], end: End) {
        self.target = target
        self.hops = hops
        self.end = end
    }
}
