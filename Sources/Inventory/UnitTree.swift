/// The organisation as a tree: who belongs to whom, in the order in which the units were given.
///
/// It takes any list: a parent that is not in it makes a root, and so does the first unit of a circle. Every unit
/// stands in the tree exactly once.
package struct UnitTree: Hashable, Sendable {
    /// A unit where it stands in the tree; a root has depth 0.
    package struct Place: Hashable, Sendable {
        package let unit: String
        package let depth: Int
    }

    /// Every unit once, each before those that belong to it.
    package let places: [Place]
    package let roots: [String]
    private let children: [String: [String]]
    private let parents: [String: String]

    package init(_ units: [(name: String, parent: String?)]) {
        var parents: [String: String] = [:]
        var children: [String: [String]] = [:]
        let known = Set(units.map(\.name))
        var order: [String] = []
        var given: Set<String> = []
        for unit in units where given.insert(unit.name).inserted {
            order.append(unit.name)
            guard let parent = unit.parent, known.contains(parent), parent != unit.name else { continue }
            parents[unit.name] = parent
            children[parent, default: []].append(unit.name)
        }
        var places: [Place] = []
        var roots: [String] = []
        var seen: Set<String> = []
        for name in order.filter({ parents[$0] == nil }) + order where !seen.contains(name) {
            // Whoever is left once all roots were walked stands in a circle, which is cut above it.
            if let parent = parents.removeValue(forKey: name) { children[parent]?.removeAll { $0 == name } }
            roots.append(name)
            var ahead = [Place(unit: name, depth: 0)]
            while let place = ahead.popLast() {
                seen.insert(place.unit)
                places.append(place)
                let below = children[place.unit] ?? []
                ahead += below.reversed().map { Place(unit: $0, depth: place.depth + 1) }
            }
        }
        self.places = places
        self.roots = roots
        self.children = children
        self.parents = parents
    }

    package func children(of unit: String) -> [String] {
        children[unit] ?? []
    }

    /// From the root down to the unit itself; empty when the tree does not have it.
    package func chain(to unit: String) -> [String] {
        guard parents[unit] != nil || roots.contains(unit) else { return [] }
        var chain = [unit]
        while let last = chain.last, let parent = parents[last] { chain.append(parent) }
        return chain.reversed()
    }

    /// The unit and all that belongs to it; empty when the tree does not have it.
    package func subtree(of unit: String) -> Set<String> {
        guard let start = places.firstIndex(where: { $0.unit == unit }) else { return [] }
        let below = places[(start + 1)...].prefix { $0.depth > places[start].depth }
        return Set(below.map(\.unit)).union([unit])
    }
}
