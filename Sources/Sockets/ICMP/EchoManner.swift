/// How echo requests are to travel, beside where to and how large.
package struct EchoManner: Hashable, Sendable {
    /// Differentiated services code point, 0…63 (RFC 2474); 0 is best effort.
    package var codePoint: UInt8
    /// Time to live or hop limit of each packet; nil: the system's own, usually 64.
    package var hopLimit: UInt8?
    /// Never in fragments, whatever path MTU the system believes in: too large a packet is refused by whoever cannot
    /// pass it on.
    package var isWhole: Bool
    /// Bytes of payload; at least what the mark takes.
    package var size: Int

    package init(size: Int = 56, codePoint: UInt8 = 0, hopLimit: UInt8? = nil, isWhole: Bool = false) {
        self.size = size
        self.codePoint = codePoint
        self.hopLimit = hopLimit
        self.isWhole = isWhole
    }

    /// The byte in the IP header: the code point above two bits of congestion notification.
    var trafficClass: UInt8 { codePoint << 2 }

    /// Whether the packets of both can leave in one call without telling the socket anything in between.
    func sharesSocketState(with other: EchoManner) -> Bool { isWhole == other.isWhole }
}
