/// A network interface as rtnetlink describes it (`RTM_NEWLINK`, linux/if_link.h).
package struct Link: Hashable, Sendable {
    package var index: Int32
    package var name: String
    package var isLoopback: Bool
    package var mtu: UInt32?
    /// Lower-case hexadecimal with colons; nil where the interface has none, e.g. a tunnel.
    package var mac: String?
    package var permanentMAC: String?
    /// `up`, `down`, `unknown` … (RFC 2863).
    package var state: String
    /// The kernel's word for a made interface: `bridge`, `bond`, `vlan`, `veth`, `wireguard` …; nil for a device.
    package var kind: String?

    /// Nil for another kind of message, or one without index and name.
    package init?(parsing message: NetlinkMessage) {
        guard message.type == 16, let deviceType = message.payload.number(at: 2, as: UInt16.self),
            let index = message.payload.number(at: 4, as: Int32.self), message.payload.count >= 16
        else { return nil }
        let attributes = NetlinkMessage.attributes(message.payload.dropFirst(16))
        guard let name = attributes[3]?.text, !name.isEmpty else { return nil }
        self.index = index
        self.name = name
        isLoopback = deviceType == 772
        mtu = attributes[4]?.number(at: 0, as: UInt32.self)
        mac = attributes[1].flatMap(Self.hardwareAddress)
        permanentMAC = attributes[54].flatMap(Self.hardwareAddress)
        let code = attributes[16]?.first ?? 0
        state = Self.states.indices.contains(Int(code)) ? Self.states[Int(code)] : "unknown"
        kind = attributes[18].flatMap { NetlinkMessage.attributes($0)[1]?.text }
    }

    package static func list(_ bytes: [UInt8]) -> [Link] {
        NetlinkMessage.split(bytes[...]).compactMap { Link(parsing: $0) }
    }

    private static let states = ["unknown", "notpresent", "down", "lowerlayerdown", "testing", "dormant", "up"]

    /// Six bytes for Ethernet; a tunnel's IP address (four or sixteen) is not one.
    private static func hardwareAddress(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count == 6 || bytes.count == 8 || bytes.count == 20 else { return nil }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }
}
