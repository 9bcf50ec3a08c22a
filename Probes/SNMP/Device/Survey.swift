package import SNMP

/// Which parts of a device's tree are read, and when.
package enum Survey {
    /// The system group's scalars, asked for first: whether the device answers, and what it is.
    package static let greeting: [OID] = [1, 2, 3, 4, 5, 6].map { SystemGroup.root + [$0, 0] }

    /// What changes from run to run.
    package static func measured(_ gauges: [Gauge]) -> [OID] {
        let interfaces: [OID] =
            [7, 8, 10, 13, 14, 16, 19, 20].map { Interface.table + [$0] }
            + [6, 10, 15, 19].map { Interface.extendedTable + [$0] }
        let own: [OID] = [
            HostResources.storage, HostResources.processors, UnixResources.memory, UnixResources.processors,
            EntitySensors.table, EntitySensors.ciscoTable, PowerSupply.standard, PrinterSupplies.table,
            PrinterSupplies.pages,
        ]
        let apc: [OID] = [2, 3, 4].map { PowerSupply.apc + [$0] }
        return interfaces + own + apc + gauges.flatMap(\.variables).map(root(of:))
    }

    /// What seldom changes: names of interfaces and of parts.
    package static let described: [OID] =
        [2, 3, 4, 5, 6].map { Interface.table + [$0] } + [1, 18].map { Interface.extendedTable + [$0] }
        + [2, 4, 5, 7, 8, 9, 10, 11, 13].map { EntityTable.entry + [$0] }

    /// Who is near.
    package static let surroundings: [OID] = [
        Neighbour.lldp + [3, 7, 1], Neighbour.lldp + [4, 1, 1], Neighbour.lldp + [4, 2, 1], Neighbour.cdp,
        AddressTables.arp, AddressTables.neighbours, AddressTables.bridgePorts, AddressTables.bridge,
        AddressTables.vlanBridge,
    ]

    /// A walk begins after its root: the instance of a scalar is below its object.
    package static func root(of oid: OID) -> OID {
        oid.arcs.last == 0 && oid.count > 1 ? OID(Array(oid.arcs.dropLast())) : oid
    }

    /// Those of the subtrees in which the device showed something.
    package static func present(_ roots: [OID], in snapshot: Snapshot) -> [OID] {
        roots.filter { !snapshot.within($0).isEmpty }
    }
}
