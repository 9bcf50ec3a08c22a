/// An address at which a registrar finds a user (RFC 3261, 10.3), as its response to REGISTER lists it.
package struct Binding: Hashable, Sendable {
    /// E.g. `sip:room1@192.0.2.7:5060;transport=tcp`; at most 256 bytes.
    package var contact: String
    /// Seconds until it ends; nil when the registrar does not say.
    package var expiry: Int?

    package init(contact: String, expiry: Int?) {
        self.contact = contact
        self.expiry = expiry
    }

    private static let limit = 64

    /// The bindings that a response lists, at most 64; what cannot be read as an address is left out.
    package static func all(in response: SIPResponse) -> [Binding] {
        let common = response.raw(.expires).flatMap(Decimal.leading)
        var bindings: [Binding] = []
        for field in response.raws(.contact) {
            for element in Parameters.elements(of: field, limit: limit) {
                guard bindings.count < limit else { return bindings }
                guard let contact = address(in: element) else { continue }
                let expiry = Parameters.value(of: "expires", in: element).flatMap(Decimal.leading)
                bindings.append(Binding(contact: contact, expiry: expiry ?? common))
            }
        }
        return bindings
    }

    /// What stands between the angle brackets, or before the first parameter where there are none.
    private static func address(in element: ArraySlice<UInt8>) -> String? {
        let start = Parameters.next(UInt8(ascii: "<"), in: element)
        var uri: ArraySlice<UInt8>
        if let start {
            uri = element[(start + 1)...].prefix { $0 != UInt8(ascii: ">") }
        } else {
            uri = element.drop { $0 <= 0x20 }.prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 }
        }
        uri = uri.prefix(256)
        guard uri.contains(UInt8(ascii: ":")), uri.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
        return String(decoding: uri, as: UTF8.self)
    }
}
