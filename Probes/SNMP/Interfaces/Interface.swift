package import SNMP

/// An interface as IF-MIB (RFC 2863) shows it.
package struct Interface: Hashable, Sendable {
    package static let table: OID = [1, 3, 6, 1, 2, 1, 2, 2, 1]
    package static let extendedTable: OID = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1]

    package var index: UInt32
    /// ifName, or ifDescr, or the index; unique on the device.
    package var name: String
    package var description: String?
    /// What the device's administrator calls it.
    package var alias: String?
    /// IANAifType by name, by number when it has none here.
    package var type: String?
    package var isEnabled: Bool?
    /// ifOperStatus: up, down, testing, unknown, dormant, notPresent, lowerLayerDown.
    package var status: String?
    /// Bits per second; nil when the device does not say.
    package var speed: UInt64?
    package var hardwareAddress: String?
    package var mtu: Int64?
    package var counters = InterfaceCounters()

    package var isUp: Bool { status == "up" }
    /// Whether there is anything to it: stacks list the ports of members that are not there.
    package var isPresent: Bool { status != "notPresent" }

    /// All interfaces, in the order of their index.
    package static func all(_ snapshot: Snapshot) -> [Interface] {
        let extended = Dictionary(
            snapshot.rows(extendedTable).compactMap { row in row.index.first.map { ($0, row) } }
        ) { first, _ in first }
        let rows = snapshot.rows(table).filter { $0.index.count == 1 }
        var interfaces = rows.compactMap { row in
            row.index.first.map { Interface($0, row, extended[$0]) }
        }
        let known = Set(interfaces.map(\.index))
        for (index, row) in extended where !known.contains(index) {
            interfaces.append(Interface(index, nil, row))
        }
        interfaces.sort { $0.index < $1.index }
        // Some devices give every port of a kind one name.
        var uses: [String: Int] = [:]
        for interface in interfaces { uses[interface.name, default: 0] += 1 }
        for place in interfaces.indices where (uses[interfaces[place].name] ?? 0) > 1 {
            interfaces[place].name += "#\(interfaces[place].index)"
        }
        return interfaces
    }

    private init(_ index: UInt32, _ row: Snapshot.Row?, _ extended: Snapshot.Row?) {
        self.index = index
        description = row?.text(2)
        name = extended?.text(1) ?? row?.text(2) ?? String(index)
        alias = extended?.text(18)
        type = row?.whole(3).map { InterfaceType.name(of: $0) }
        mtu = row?.whole(4)
        hardwareAddress = row?[6]?.hardwareAddress
        isEnabled = row?.whole(7).map { $0 == 1 }
        status = row?.whole(8).flatMap { Self.statuses[$0] }
        speed = Self.speed(row?.whole(5), high: extended?.whole(15))
        counters = InterfaceCounters(row, extended)
    }

    /// ifHighSpeed counts millions; ifSpeed stops at 2³²−1.
    private static func speed(_ speed: Int64?, high: Int64?) -> UInt64? {
        if let high, high > 0, speed.map({ $0 >= 4_294_967_295 || $0 <= 0 }) ?? true {
            return UInt64(high).multipliedReportingOverflow(by: 1_000_000).partialValue
        }
        guard let speed, speed > 0 else { return nil }
        return UInt64(speed)
    }

    private static let statuses: [Int64: String] = [
        1: "up", 2: "down", 3: "testing", 4: "unknown", 5: "dormant", 6: "notPresent", 7: "lowerLayerDown",
    ]
}

/// What an interface has counted; 64-bit where the device has that.
package struct InterfaceCounters: Hashable, Sendable {
    /// A counter and the bits after which it begins anew.
    package struct Counter: Hashable, Sendable {
        package var value: UInt64
        package var bits: Int
    }

    package var inOctets: Counter?
    package var outOctets: Counter?
    package var inErrors: Counter?
    package var outErrors: Counter?
    package var inDiscards: Counter?
    package var outDiscards: Counter?
    /// sysUpTime when the counters last began anew.
    package var discontinuity: Int64?

    package init() {}

    init(_ row: Snapshot.Row?, _ extended: Snapshot.Row?) {
        inOctets = Self.counter(extended?[6]) ?? Self.counter(row?[10])
        outOctets = Self.counter(extended?[10]) ?? Self.counter(row?[16])
        inDiscards = Self.counter(row?[13])
        inErrors = Self.counter(row?[14])
        outDiscards = Self.counter(row?[19])
        outErrors = Self.counter(row?[20])
        discontinuity = extended?.whole(19)
    }

    private static func counter(_ value: SNMPValue?) -> Counter? {
        switch value {
        case .counter64(let value)?: Counter(value: value, bits: 64)
        case .counter32(let value)?, .gauge32(let value)?: Counter(value: UInt64(value), bits: 32)
        default: nil
        }
    }
}
