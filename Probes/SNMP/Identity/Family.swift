package import SNMP

/// Devices that are recognised alike and say what they are in the same places.
package struct Family: Hashable, Sendable {
    /// Where a property stands.
    package enum Source: Hashable, Sendable {
        case description
        /// In capitals, as makers print on the box what their programs write small.
        case shoutedDescription
        case systemName
        case objectID
        /// The chassis in ENTITY-MIB.
        case entity(EntityProperty)
        /// An instance, or a column of which the first row that says anything counts.
        case variable(OID)
        /// The cell of a column in the row whose index another variable gives.
        case indexed(OID, by: OID)
        case hardwareAddress
        /// The name that the families' files give the sysObjectID.
        case product
    }

    package enum EntityProperty: String, CaseIterable, Hashable, Sendable {
        case model, description, hardware, firmware, software, serial, name
    }

    /// One way to find a property: pieces of text and of what the device says, all of which must be there.
    package struct Finder: Hashable, Sendable {
        package enum Piece: Hashable, Sendable {
            case text(String)
            case said(Source, WildcardPattern?)
        }

        package var pieces: [Piece]

        package var variables: [OID] {
            pieces.flatMap { piece -> [OID] in
                switch piece {
                case .said(.variable(let oid), _): [oid]
                case .said(.indexed(let column, let index), _): [column, index]
                default: []
                }
            }
        }
    }

    /// Short, lower-case and stable, e.g. `ios`.
    package var name: String
    /// What people call the operating system, e.g. `Cisco IOS`.
    package var title: String
    package var vendor: String
    /// The sysObjectID lies within one of these; none: anywhere.
    package var arcs: [OID] = []
    /// The sysDescr is like one of these; none: like anything.
    package var descriptions: [WildcardPattern] = []
    /// The sysDescr is like none of these.
    package var otherDescriptions: [WildcardPattern] = []
    /// The device has variables within one of these; none: whatever it has.
    package var marks: [OID] = []
    package var model: [Finder] = []
    package var version: [Finder] = []
    package var serial: [Finder] = []
    /// Names of products by the last arc of the sysObjectID and what stands before it, as the makers' MIBs list them: for
    /// devices that do not say their name. They serve all families of the maker.
    package var products: [OID: [UInt32: String]] = [:]

    /// What must be read to tell and describe the family.
    package var variables: [OID] {
        marks + (model + version + serial).flatMap(\.variables)
    }

    /// More conditions, and longer arcs, beat fewer: the family that fits best.
    package func weight(for objectID: OID?) -> Int {
        let arc = objectID.flatMap { id in arcs.filter { id.isWithin($0) }.map(\.count).max() } ?? 0
        return arc + (descriptions.isEmpty ? 0 : 100) + (marks.isEmpty ? 0 : 150)
    }
}
