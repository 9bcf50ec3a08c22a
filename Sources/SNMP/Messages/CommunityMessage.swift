/// A message of SNMPv1 (RFC 1157) or SNMPv2c (RFC 1901): a version, a community, a PDU.
package struct CommunityMessage: Hashable, Sendable {
    /// The raw value is the one on the wire.
    package enum Version: Int64, Hashable, Sendable {
        case v1 = 0
        case v2c = 1
    }

    package var version: Version
    package var community: [UInt8]
    package var pdu: PDU

    package init(version: Version, community: [UInt8], pdu: PDU) {
        self.version = version
        self.community = community
        self.pdu = pdu
    }

    package init(_ bytes: [UInt8]) throws(BERProblem) {
        self = try BERReader.reading(bytes) { outer throws(BERProblem) in
            var reader = try outer.enter(BERTag.sequence)
            guard let version = Version(rawValue: try reader.integer()) else { throw .contents }
            let community = try reader.octets()
            return CommunityMessage(version: version, community: community, pdu: try PDU(reading: &reader))
        }
    }

    package var bytes: [UInt8] {
        var writer = BERWriter()
        pdu.write(to: &writer)
        writer.octets(community)
        writer.integer(version.rawValue)
        writer.wrap(BERTag.sequence, since: 0)
        return writer.bytes
    }
}
