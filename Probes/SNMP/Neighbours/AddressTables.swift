package import SNMP

/// Which addresses a device has learned: ARP (RFC 1213 and RFC 4293), and the ports of a bridge (RFC 4188, RFC 4363).
package enum AddressTables {
    package static let arp: OID = [1, 3, 6, 1, 2, 1, 4, 22, 1, 2]
    package static let neighbours: OID = [1, 3, 6, 1, 2, 1, 4, 35, 1, 4]
    package static let bridgePorts: OID = [1, 3, 6, 1, 2, 1, 17, 1, 4, 1, 2]
    package static let bridge: OID = [1, 3, 6, 1, 2, 1, 17, 4, 3, 1, 2]
    package static let vlanBridge: OID = [1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1, 2]

    /// IP addresses with the hardware address that the device knows for each.
    package static func resolved(_ snapshot: Snapshot) -> [(address: String, hardware: String)] {
        var found: [String: String] = [:]
        for cell in snapshot.column(arp) where cell.index.count == 5 {
            guard let hardware = cell.value.hardwareAddress else { continue }
            found[cell.index.dropFirst().map(String.init).joined(separator: ".")] = hardware
        }
        for cell in snapshot.column(neighbours) {
            // Index: interface, type of address, length, address; 1 is IPv4, 2 is IPv6.
            guard cell.index.count > 3, let hardware = cell.value.hardwareAddress else { continue }
            let bytes = cell.index.dropFirst(3)
            switch (cell.index[1], bytes.count) {
            case (1, 4): found[bytes.map(String.init).joined(separator: ".")] = hardware
            case (2, 16): found[ipv6(Array(bytes))] = hardware
            default: continue
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Hardware addresses that a bridge learned, with the interface's index.
    package static func learned(_ snapshot: Snapshot) -> [(hardware: String, interface: UInt32)] {
        let ports = Dictionary(
            snapshot.column(bridgePorts).compactMap { cell -> (UInt32, UInt32)? in
                guard let port = cell.index.first, let index = cell.value.whole.flatMap({ UInt32(exactly: $0) }) else {
                    return nil
                }
                return (port, index)
            }
        ) { first, _ in first }
        var found: [String: UInt32] = [:]
        let cells = snapshot.column(vlanBridge) + snapshot.column(bridge)
        for cell in cells where cell.index.count >= 6 {
            guard let port = cell.value.whole.flatMap({ UInt32(exactly: $0) }), port > 0 else { continue }
            let bytes = cell.index.suffix(6).map { UInt8(truncatingIfNeeded: $0) }
            let hardware = SNMPValue.colons(bytes)
            if found[hardware] == nil { found[hardware] = ports[port] ?? port }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Without the shortening of RFC 5952; eight groups without leading zeros.
    private static func ipv6(_ arcs: [UInt32]) -> String {
        stride(from: 0, to: 16, by: 2).map { place in
            String((arcs[place] & 255) << 8 | arcs[place + 1] & 255, radix: 16)
        }.joined(separator: ":")
    }
}
