package import SNMP

/// Processors, memory and volumes of HOST-RESOURCES-MIB (RFC 2790).
package enum HostResources {
    package static let storage: OID = [1, 3, 6, 1, 2, 1, 25, 2, 3, 1]
    package static let processors: OID = [1, 3, 6, 1, 2, 1, 25, 3, 3, 1, 2]

    package static func measurements(_ snapshot: Snapshot) -> [Measurement] {
        let loads = snapshot.column(processors).compactMap { cell in
            cell.value.number.flatMap { (0...100).contains($0) ? $0 / 100 : nil }
        }
        var found: [Measurement] = []
        if !loads.isEmpty {
            found.append(Measurement(.processor, "", loads.reduce(0, +) / Double(loads.count)))
        }
        for row in snapshot.rows(storage) { found += volume(row) }
        return found
    }

    private static func volume(_ row: Snapshot.Row) -> [Measurement] {
        guard case .oid(let type)? = row[2], let kind = type.suffix(below: [1, 3, 6, 1, 2, 1, 25, 2, 1])?.first,
            let name = row.text(3), let unit = row.number(4), unit > 0,
            let size = row[5].flatMap(unsigned), size > 0, let used = row[6].flatMap(unsigned), used <= size
        else { return [] }
        switch kind {
        // hrStorageRam; caches and buffers, which net-snmp lists beside it, are not memory in use.
        case 2:
            guard !["cache", "buffers", "shared", "cached"].contains(where: name.lowercased().contains) else {
                return []
            }
            return [Measurement(.memory, name, used / size)]
        // hrStorageFixedDisk, hrStorageNetworkDisk and the flash memory of small devices.
        case 4, 9, 10:
            guard !isPseudo(name) else { return [] }
            return [
                Measurement(.storage, name, used / size), Measurement(.storageSize, name, size * unit),
            ]
        default: return []
        }
    }

    /// Sizes above 2³¹ come out negative from agents that have 32 bits.
    private static func unsigned(_ value: SNMPValue) -> Double? {
        guard let whole = value.whole else { return nil }
        return whole < 0 ? Double(UInt32(truncatingIfNeeded: whole)) : Double(whole)
    }

    private static func isPseudo(_ name: String) -> Bool {
        ["/proc", "/sys", "/dev", "/run", "/snap/"].contains { name == $0 || name.hasPrefix($0 + "/") }
    }
}
