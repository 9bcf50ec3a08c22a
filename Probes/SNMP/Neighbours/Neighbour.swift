package import SNMP

/// Who is at the other end of a port, as LLDP (IEEE 802.1AB) or Cisco's CDP tells.
package struct Neighbour: Hashable, Sendable {
    package static let lldp: OID = [1, 0, 8802, 1, 1, 2, 1]
    package static let cdp: OID = [1, 3, 6, 1, 4, 1, 9, 9, 23, 1, 2, 1, 1]

    package var localPort: String
    package var name: String?
    package var port: String?
    package var description: String?
    package var chassis: String?
    package var address: String?

    package init(
        localPort: String, name: String? = nil, port: String? = nil, description: String? = nil,
        chassis: String? = nil, address: String? = nil
    ) {
        self.localPort = localPort
        self.name = name
        self.port = port
        self.description = description
        self.chassis = chassis
        self.address = address
    }

    package static func all(_ snapshot: Snapshot, _ interfaces: [Interface]) -> [Neighbour] {
        let names = Dictionary(interfaces.map { ($0.index, $0.name) }) { first, _ in first }
        let byLLDP = lldpNeighbours(snapshot, names)
        let seen = Set(byLLDP.map { "\($0.localPort)\u{0}\($0.name ?? "")" })
        return byLLDP + cdpNeighbours(snapshot, names).filter { !seen.contains("\($0.localPort)\u{0}\($0.name ?? "")") }
    }

    /// lldpRemTable is indexed by time, local port number and remote; the port's own table tells which interface it is.
    private static func lldpNeighbours(_ snapshot: Snapshot, _ names: [UInt32: String]) -> [Neighbour] {
        let locals = Dictionary(
            snapshot.rows(lldp + [3, 7, 1]).compactMap { row in row.index.first.map { ($0, row) } }
        ) { first, _ in first }
        var addresses: [[UInt32]: String] = [:]
        for bind in snapshot.within(lldp + [4, 2, 1, 3]) {
            // Index: time, port, remote, subtype, length, address.
            let index = bind.oid.arcs.dropFirst(11)
            guard index.count >= 9 else { continue }
            let parts = Array(index)
            if parts[3] == 1, parts[4] == 4 {
                addresses[Array(parts[0..<3])] = parts[5..<9].map(String.init).joined(separator: ".")
            }
        }
        return snapshot.rows(lldp + [4, 1, 1]).compactMap { row in
            guard row.index.count == 3 else { return nil }
            let number = row.index[1]
            let local = locals[number]
            // Subtype 5: the interface's name.
            let own = local.flatMap { $0.whole(2) == 5 ? $0.text(3) : nil }
            return Neighbour(
                localPort: own ?? names[number] ?? local?.text(4) ?? local?.text(3) ?? String(number),
                name: row.text(9), port: identifier(row[7], isAddress: row.whole(6) == 3) ?? row.text(8),
                description: row.text(10), chassis: identifier(row[5], isAddress: row.whole(4) == 4),
                address: addresses[row.index])
        }
    }

    private static func cdpNeighbours(_ snapshot: Snapshot, _ names: [UInt32: String]) -> [Neighbour] {
        snapshot.rows(cdp).compactMap { row in
            guard let index = row.index.first else { return nil }
            var address: String?
            if row.whole(3) == 1, case .octets(let bytes)? = row[4], bytes.count == 4 {
                address = bytes.map(String.init).joined(separator: ".")
            }
            return Neighbour(
                localPort: names[index] ?? String(index), name: row.text(6), port: row.text(7),
                description: row.text(8) ?? row.text(5), chassis: nil, address: address)
        }
    }

    private static func identifier(_ value: SNMPValue?, isAddress: Bool) -> String? {
        isAddress ? value?.hardwareAddress ?? value?.text : value?.text
    }
}
