import SNMP
package import Vocabulary

/// What an inventory of a device becomes: facts of the asset.
package enum DeviceFacts {
    /// Of learned addresses at most so many become facts: a core switch knows more than a book should hold.
    package static let mostAddresses = 1000

    package static func facts(
        _ identity: Identity, _ system: SystemGroup, _ interfaces: [Interface], _ neighbours: [Neighbour],
        resolved: [(address: String, hardware: String)], learned: [(hardware: String, interface: UInt32)],
        parts: [EntityTable.Part]
    ) -> [Fact] {
        var facts: [Fact] = []
        func add(_ segments: String..., value: String?) {
            guard let value = value?.trimmed, !value.isEmpty else { return }
            facts.append(Fact(path: Fact.joined(segments), value: value))
        }
        add("hardware", "vendor", value: identity.vendor)
        add("hardware", "model", value: identity.model)
        add("hardware", "serial", value: identity.serial)
        add("os", "family", value: identity.family)
        add("os", "name", value: identity.title)
        add("os", "version", value: identity.version)
        add("snmp", "description", value: system.description)
        add("snmp", "object-id", value: system.objectID?.description)
        add("snmp", "name", value: system.name)
        add("snmp", "location", value: system.location)
        add("snmp", "contact", value: system.contact)
        for interface in interfaces where interface.isPresent {
            add("interface", interface.name, "index", value: String(interface.index))
            add("interface", interface.name, "type", value: interface.type)
            add("interface", interface.name, "state", value: interface.status)
            add("interface", interface.name, "enabled", value: interface.isEnabled.map { $0 ? "yes" : "no" })
            add("interface", interface.name, "mac", value: interface.hardwareAddress)
            add("interface", interface.name, "speed", value: interface.speed.map(megabits))
            add("interface", interface.name, "mtu", value: interface.mtu.map(String.init))
            if interface.alias != interface.name { add("interface", interface.name, "alias", value: interface.alias) }
            if interface.description != interface.name {
                add("interface", interface.name, "description", value: interface.description)
            }
        }
        for neighbour in neighbours {
            let who = neighbour.name ?? neighbour.chassis ?? "?"
            add("neighbour", neighbour.localPort, who, "port", value: neighbour.port ?? "?")
            add("neighbour", neighbour.localPort, who, "address", value: neighbour.address)
            add("neighbour", neighbour.localPort, who, "chassis", value: neighbour.chassis)
            add("neighbour", neighbour.localPort, who, "description", value: neighbour.description)
        }
        for entry in resolved.prefix(mostAddresses) { add("arp", entry.address, value: entry.hardware) }
        let names = Dictionary(interfaces.map { ($0.index, $0.name) }) { first, _ in first }
        for entry in learned.prefix(mostAddresses) {
            add("bridge", entry.hardware, value: names[entry.interface] ?? String(entry.interface))
        }
        // Modules, supplies and fans that bear a serial number are things one owns.
        for part in parts where part.container.map({ $0 != 0 }) ?? false {
            guard let serial = part.properties[.serial] else { continue }
            let name = part.properties[.name] ?? part.properties[.description] ?? "part"
            add("part", "\(name)#\(part.index)", "serial", value: serial)
            add("part", "\(name)#\(part.index)", "model", value: part.properties[.model])
        }
        return facts
    }

    /// Megabits a second, as other sources of this path write it.
    private static func megabits(_ bits: UInt64) -> String {
        bits.isMultiple(of: 1_000_000) ? String(bits / 1_000_000) : String(Double(bits) / 1_000_000)
    }
}

extension Fact {
    /// The path of segments, each escaped as `Fact` does.
    fileprivate static func joined(_ segments: [String]) -> String {
        segments.map { Fact($0, value: "").path }.joined(separator: "/")
    }
}
