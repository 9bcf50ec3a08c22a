package import SNMP

/// Memory and processors of UCD-SNMP-MIB, which net-snmp and many appliances show.
package enum UnixResources {
    package static let memory: OID = [1, 3, 6, 1, 4, 1, 2021, 4]
    package static let processors: OID = [1, 3, 6, 1, 4, 1, 2021, 11]

    /// Memory in use is what neither is free nor holds only what can be read again (buffers and cache).
    package static func measurements(_ snapshot: Snapshot) -> [Measurement] {
        func kilobytes(_ arc: UInt32) -> Double? { snapshot[memory + [arc, 0]]?.number }
        var found: [Measurement] = []
        if let total = kilobytes(5), total > 0, let free = kilobytes(6) {
            let spare = free + (kilobytes(14) ?? 0) + (kilobytes(15) ?? 0)
            // The newer agent says itself what is available.
            let available = kilobytes(27) ?? min(total, spare)
            found.append(Measurement(.memory, "", max(0, 1 - available / total)))
        }
        if let idle = snapshot[processors + [11, 0]]?.number, (0...100).contains(idle) {
            found.append(Measurement(.processor, "", 1 - idle / 100))
        }
        return found
    }
}
