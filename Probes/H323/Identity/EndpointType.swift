/// What an endpoint says of itself (H.225.0: EndpointType): what it is, who made it, which version it runs.
package struct EndpointType: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case gatekeeper, gateway, mcu, terminal
    }

    package var kind: Kind?
    package var manufacturer: Manufacturer?
    package var product: String?
    package var version: String?

    /// Reads up to the vendor: what follows is told by the bits before it.
    init(_ reader: inout PERReader) throws(PERFault) {
        _ = try reader.bit()
        let hasNonStandardData = try reader.bit()
        let hasVendor = try reader.bit()
        for kind in [Kind.gatekeeper, .gateway, .mcu, .terminal] where try reader.bit() {
            self.kind = self.kind ?? kind
        }
        if hasNonStandardData { try Self.skipNonStandard(&reader) }
        guard hasVendor else { return }
        // VendorIdentifier: extended, productId, versionId; H221NonStandard: extended.
        _ = try reader.bit()
        let hasProduct = try reader.bit()
        let hasVersion = try reader.bit()
        manufacturer = try Manufacturer(&reader)
        if hasProduct { product = Self.text(try reader.octets(reader.octet() + 1)) }
        if hasVersion { version = Self.text(try reader.octets(reader.octet() + 1)) }
    }

    /// NonStandardParameter: an identifier, then bytes.
    private static func skipNonStandard(_ reader: inout PERReader) throws(PERFault) {
        guard try !reader.bit() else { throw .unsupported }
        if try reader.bit() {
            _ = try Manufacturer(&reader)
        } else {
            _ = try reader.objectIdentifier()
        }
        _ = try reader.octets(reader.length())
    }

    /// Bytes that should be text: without what only fills or could harm a page.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        let plain = bytes.prefix(128).map { $0 < 0x20 || $0 == 0x7f ? 0x20 : $0 }
        let words = String(decoding: plain, as: UTF8.self).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words
    }
}
