package import H323Settings

/// The questions that a gatekeeper is asked by UDP (H.225.0, 7.7 and 7.13); answers come to the address within.
package enum RASRequest {
    /// GRQ: is there a gatekeeper, and would it have us? Nothing is registered by it.
    package static func gatekeeper(number: UInt16, localAddress: [UInt8], localPort: UInt16) -> [UInt8] {
        var writer = PERWriter()
        // RasMessage: gatekeeperRequest; no extension, no option.
        writer.bits(0, 12)
        writer.twoOctets(number &- 1)
        writer.octets(CallSignalling.protocolIdentifier)
        address(localAddress, localPort, &writer)
        // EndpointType: a terminal, without anything more.
        writer.bits(0b0_000001_00_0_0, 11)
        return writer.bytes
    }

    /// LRQ: where is the endpoint of that alias? It asks for no admission, and nothing rings.
    package static func location(
        of alias: H323Alias, number: UInt16, localAddress: [UInt8], localPort: UInt16
    ) -> [UInt8] {
        var writer = PERWriter()
        // RasMessage: locationRequest (18 of 25); no extension, no option.
        writer.bits(18, 6)
        writer.bits(0, 3)
        writer.twoOctets(number &- 1)
        writer.octets([1])
        switch alias {
        case .digits(let text):
            writer.bits(0, 2)
            writer.bits(text.utf8.count - 1, 7)
            writer.octets([])
            for digit in text.utf8 { writer.bits(H323Alias.dialled.firstIndex(of: digit) ?? 0, 4) }
        case .name(let text):
            writer.bits(1, 2)
            writer.octets([UInt8(truncatingIfNeeded: text.utf16.count - 1)])
            writer.octets(text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] })
        }
        address(localAddress, localPort, &writer)
        return writer.bytes
    }

    /// TransportAddress: ipAddress.
    private static func address(_ ip: [UInt8], _ port: UInt16, _ writer: inout PERWriter) {
        writer.bits(0, 4)
        writer.octets(ip.prefix(4))
        writer.twoOctets(port)
    }
}
