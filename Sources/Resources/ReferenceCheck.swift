import Detection
import Storage

/// Finds names that lead nowhere and circles, among what a file declares laid over what is known already.
struct ReferenceCheck {
    /// What the store holds, as far as references matter.
    struct Known {
        /// Each unit with its parent; empty for a root.
        var units: [String: String]
        var sites: Set<String>
        var hours: Set<String>
        /// Each asset with what it depends on.
        var assets: [String: [String]]
    }

    private let declarations: [Declaration]
    private let names: [Resource.Kind: Set<String>]
    private let parents: [String: [String]]
    private let vias: [String: [String]]

    init(_ declarations: [Declaration], over known: Known) {
        self.declarations = declarations
        var parents = known.units.mapValues { $0.isEmpty ? [] : [$0] }
        var vias = known.assets
        var (sites, hours) = (known.sites, known.hours)
        for declaration in declarations {
            switch declaration.resource {
            case .unit(let unit): parents[unit.name] = unit.parent.isEmpty ? [] : [unit.parent]
            case .site(let site): sites.insert(site.name)
            case .hours(let one): hours.insert(one.name)
            case .asset(let asset): vias[asset.name] = Array(asset.via.joined())
            case .rule, .maintenance, .route: break
            }
        }
        self.parents = parents
        self.vias = vias
        names = [.unit: Set(parents.keys), .site: sites, .hours: hours, .asset: Set(vias.keys)]
    }

    /// Dangling references first; circles are looked for only where every name leads somewhere.
    var errors: [ResourceError] {
        let dangling = declarations.flatMap { declaration in
            declaration.resource.references.compactMap { reference -> ResourceError? in
                guard names[reference.kind]?.contains(reference.name) != true else { return nil }
                return declaration.error(
                    "\(reference.key): there is no \(reference.kind.rawValue) \"\(reference.name)\"", at: reference)
            }
        }
        return dangling.isEmpty ? circles(.unit, parents) + circles(.asset, vias) : dangling
    }

    /// At the first declaration of each circle; what is stored already holds none, so every circle has one.
    private func circles(_ kind: Resource.Kind, _ edges: [String: [String]]) -> [ResourceError] {
        let own = declarations.filter { $0.resource.kind == kind }
        let places = Dictionary(own.enumerated().map { ($0.element.resource.name, $0.offset) }) { first, _ in first }
        return Self.circles(from: own.map(\.resource.name), edges).compactMap { circle in
            let index = circle.indices.min { (places[circle[$0]] ?? .max) < (places[circle[$1]] ?? .max) }
            guard let index, let place = places[circle[index]] else { return nil }
            let way = Array(circle[index...] + circle[..<index])
            let next = way.count > 1 ? way[1] : way[0]
            let reference = own[place].resource.references.first { $0.kind == kind && $0.name == next }
            return own[place].error(
                "\(reference?.key ?? "it") goes in a circle: \((way + [way[0]]).joined(separator: " → "))",
                at: reference)
        }
    }

    /// Circles that a walk from these names closes, every name walked once. Without recursion: chains may be long.
    private static func circles(from starts: [String], _ edges: [String: [String]]) -> [[String]] {
        var circles: [[String]] = []
        var done: Set<String> = []
        for start in starts where !done.contains(start) {
            var path: [(name: String, next: Int)] = [(start, 0)]
            var places = [start: 0]
            while let last = path.last {
                let nexts = edges[last.name] ?? []
                guard last.next < nexts.count else {
                    path.removeLast()
                    places[last.name] = nil
                    done.insert(last.name)
                    continue
                }
                path[path.count - 1].next += 1
                let next = nexts[last.next]
                if let place = places[next] {
                    circles.append(path[place...].map(\.name))
                } else if !done.contains(next) {
                    places[next] = path.count
                    path.append((next, 0))
                }
            }
        }
        return circles
    }
}
