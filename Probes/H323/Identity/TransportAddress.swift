/// Where something listens (H.225.0: TransportAddress); of IPv4 alone what it says is wanted.
package struct TransportAddress: Hashable, Sendable, CustomStringConvertible {
    package var ip: [UInt8]
    package var port: Int

    /// nil for another kind of address, which is passed over.
    init?(_ reader: inout PERReader) throws(PERFault) {
        guard try !reader.bit() else { throw .unsupported }
        switch try reader.bits(3) {
        case 0:
            ip = Array(try reader.octets(4))
            port = try reader.twoOctets()
        case 3:
            let isExtended = try reader.bit()
            _ = try reader.octets(16)
            _ = try reader.twoOctets()
            if isExtended { _ = try reader.extensions() }
            return nil
        default: throw .unsupported
        }
    }

    static func skip(_ reader: inout PERReader) throws(PERFault) {
        _ = try TransportAddress(&reader)
    }

    package var description: String { "\(ip.map(String.init).joined(separator: ".")):\(port)" }
}
