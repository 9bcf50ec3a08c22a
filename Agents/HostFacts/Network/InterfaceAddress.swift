/// An address of an interface as rtnetlink describes it (`RTM_NEWADDR`, linux/if_addr.h).
package struct InterfaceAddress: Hashable, Sendable {
    package var index: UInt32
    /// With its prefix length: `192.0.2.7/24`.
    package var address: String
    /// How far it reaches: `global`, `site`, `link`, `host`, `nowhere` or a number.
    package var scope: String
    /// Made up for privacy and replaced every day (RFC 8981).
    package var isTemporary: Bool

    /// Nil for another kind of message, another family, or a broken one.
    package init?(parsing message: NetlinkMessage) {
        let payload = message.payload
        guard message.type == 20, let family = payload.first, let length = payload.number(at: 1, as: UInt8.self),
            let flags = payload.number(at: 2, as: UInt8.self), let scope = payload.number(at: 3, as: UInt8.self),
            let index = payload.number(at: 4, as: UInt32.self)
        else { return nil }
        let attributes = NetlinkMessage.attributes(payload.dropFirst(8))
        // On a point-to-point line IFA_ADDRESS is the other end; IFA_LOCAL is ours where there is one.
        guard let bytes = attributes[2] ?? attributes[1], let text = AddressText.of(bytes),
            family == (bytes.count == 4 ? 2 : 10)
        else { return nil }
        self.index = index
        address = "\(text)/\(length)"
        self.scope = Self.scopes[scope] ?? String(scope)
        isTemporary = family == 10 && (attributes[8]?.number(at: 0, as: UInt32.self) ?? UInt32(flags)) & 0x01 != 0
    }

    package static func list(_ bytes: [UInt8]) -> [InterfaceAddress] {
        NetlinkMessage.split(bytes[...]).compactMap { InterfaceAddress(parsing: $0) }
    }

    private static let scopes: [UInt8: String] = [
        0: "global", 200: "site", 253: "link", 254: "host", 255: "nowhere",
    ]
}
