package import SNMP

/// What a device is: who made it, what runs on it, and which one it is.
package struct Identity: Hashable, Sendable {
    package var family: String?
    package var title: String?
    package var vendor: String?
    package var model: String?
    package var version: String?
    package var serial: String?
}

/// What a device says of itself in the system group (RFC 3418).
package struct SystemGroup: Hashable, Sendable {
    package static let root: OID = [1, 3, 6, 1, 2, 1, 1]

    package var description: String?
    package var objectID: OID?
    package var name: String?
    package var contact: String?
    package var location: String?
    /// Hundredths of a second since the agent began.
    package var upTime: Int64?

    package init(_ snapshot: Snapshot) {
        func value(_ arc: UInt32) -> SNMPValue? { snapshot[Self.root + [arc, 0]] }
        description = value(1)?.text
        // 0.0 is what agents without an identity of their own send.
        switch value(2) {
        case .oid(let oid)? where oid != [0, 0]: objectID = oid
        // Some agents write it out.
        case .octets?: objectID = value(2)?.text.flatMap { OID($0) }
        default: break
        }
        upTime = value(3)?.whole
        contact = value(4)?.text
        name = value(5)?.text
        location = value(6)?.text
    }
}

/// Tells which family a device is of, and finds what its family says of it. Pure: reads a snapshot.
package struct Recognition: Sendable {
    private let families: [Family]
    private let makers: Makers
    private let products: [OID: [UInt32: String]]

    package init(_ families: [Family], _ makers: Makers) {
        self.families = families
        self.makers = makers
        products = families.reduce(into: [:]) { all, family in
            for (list, names) in family.products { all[list, default: [:]].merge(names) { first, _ in first } }
        }
    }

    /// The families that the system group allows; what their variables say decides between them.
    package func candidates(for system: SystemGroup) -> [Family] {
        let description = system.description ?? ""
        return families.filter { family in
            guard !family.arcs.isEmpty || !family.descriptions.isEmpty || !family.marks.isEmpty else { return false }
            if !family.arcs.isEmpty {
                guard let objectID = system.objectID, family.arcs.contains(where: { objectID.isWithin($0) }) else {
                    return false
                }
            } else if family.descriptions.isEmpty, let objectID = system.objectID, !Self.isGeneric(objectID) {
                // A family known by its variables alone is looked for where the object ID says nothing.
                return false
            }
            guard family.descriptions.isEmpty || family.descriptions.contains(where: { $0.match(description) != nil })
            else { return false }
            return !family.otherDescriptions.contains { $0.match(description) != nil }
        }
    }

    /// What to read beside the system group and ENTITY-MIB.
    package func variables(for candidates: [Family]) -> [OID] {
        candidates.flatMap(\.variables).map { $0.arcs.last == 0 ? OID(Array($0.arcs.dropLast())) : $0 }
    }

    package func identity(_ snapshot: Snapshot) -> Identity {
        let system = SystemGroup(snapshot)
        let entities = EntityTable(snapshot)
        let fitting = candidates(for: system).filter { family in
            family.marks.isEmpty || family.marks.contains { !snapshot.within($0).isEmpty }
        }
        // Of equals the first in the files.
        let family = fitting.enumerated().max { left, right in
            let (lighter, heavier) = (
                left.element.weight(for: system.objectID), right.element.weight(for: system.objectID)
            )
            return lighter != heavier ? lighter < heavier : left.offset > right.offset
        }?.element
        let maker = system.objectID.flatMap { makers.name(of: $0) }
        var identity = Identity(
            family: family?.name, title: family?.title,
            vendor: family.flatMap { $0.vendor.isEmpty ? nil : $0.vendor } ?? maker)
        func first(_ finders: [Family.Finder]?, _ fallbacks: [Family.Finder]) -> String? {
            ((finders ?? []) + fallbacks).lazy.compactMap { find($0, snapshot, system, entities) }.first
        }
        // Where a family says nowhere, the MIB tables do.
        let hasOwn = family.map { !$0.model.isEmpty || !$0.version.isEmpty || !$0.serial.isEmpty } ?? false
        identity.model = first(family?.model, hasOwn && family?.model.isEmpty == true ? [] : Self.models)
        identity.version = first(family?.version, hasOwn && family?.version.isEmpty == true ? [] : Self.versions)
        identity.serial = first(family?.serial, hasOwn && family?.serial.isEmpty == true ? [] : Self.serials)
        return identity
    }

    private static func finder(_ property: Family.EntityProperty) -> Family.Finder {
        Family.Finder(pieces: [.said(.entity(property), nil)])
    }

    private static let models = [finder(.model), finder(.description)]
    private static let versions = [finder(.software), finder(.firmware)]
    private static let serials = [finder(.serial)]

    /// The object IDs of net-snmp and others that say which program answers, not which device.
    private static func isGeneric(_ objectID: OID) -> Bool {
        objectID.isWithin([1, 3, 6, 1, 4, 1, 8072]) || objectID.isWithin([1, 3, 6, 1, 4, 1, 2021]) || objectID.count < 7
    }

    private func product(_ objectID: OID?) -> String? {
        guard let objectID, let last = objectID.arcs.last else { return nil }
        return products[OID(Array(objectID.arcs.dropLast()))]?[last]
    }

    private func find(
        _ finder: Family.Finder, _ snapshot: Snapshot, _ system: SystemGroup, _ entities: EntityTable
    ) -> String? {
        var text = ""
        for piece in finder.pieces {
            switch piece {
            case .text(let literal): text += literal
            case .said(let source, let pattern):
                guard let said = says(source, pattern, snapshot, system, entities) else { return nil }
                text += said
            }
        }
        let trimmed = text.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    private func says(
        _ source: Family.Source, _ pattern: WildcardPattern?, _ snapshot: Snapshot, _ system: SystemGroup,
        _ entities: EntityTable
    ) -> String? {
        func fits(_ text: String?) -> String? {
            guard let text, let pattern else { return text }
            return pattern.match(text).flatMap { $0.isEmpty && pattern.keeps ? nil : $0 }
        }
        switch source {
        case .description: return fits(system.description)
        case .shoutedDescription: return fits(system.description?.uppercased())
        case .systemName: return fits(system.name)
        case .objectID: return fits(system.objectID?.description)
        case .product: return fits(product(system.objectID))
        case .entity(let property):
            return entities.candidates.lazy.compactMap { fits($0.properties[property]) }.first
        case .variable(let oid):
            if let exact = snapshot[oid] { return fits(exact.text) }
            return oid.arcs.last == 0 ? nil : snapshot.within(oid).lazy.compactMap { fits($0.value.text) }.first
        case .indexed(let column, let index):
            guard let row = snapshot[index]?.whole, let arc = UInt32(exactly: row) else { return nil }
            return fits(snapshot[column + [arc]]?.text)
        case .hardwareAddress:
            return snapshot.column([1, 3, 6, 1, 2, 1, 2, 2, 1, 6]).lazy.compactMap { fits($0.value.hardwareAddress) }
                .first
        }
    }
}

/// Who holds which number below 1.3.6.1.4.1 (IANA's private enterprise numbers), for makers of what stands in offices.
package struct Makers: Sendable {
    private var names: [UInt32: String] = [:]

    /// Lines of a number and a name; `#` begins a comment.
    package init(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let number = UInt32(parts[0]) else { continue }
            names[number] = parts[1].trimmed
        }
    }

    package func name(of objectID: OID) -> String? {
        objectID.suffix(below: [1, 3, 6, 1, 4, 1])?.first.flatMap { names[$0] }
    }
}
