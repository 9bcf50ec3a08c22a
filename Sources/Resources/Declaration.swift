import Detection
import Storage

/// A resource and where it was written, so that what is wrong with it among others can be told by line.
package struct Declaration: Hashable, Sendable {
    package var resource: Resource
    /// The file, or in words what stands for one.
    package var file: String
    /// From 1; 0 when there is none.
    package var line: Int
    /// The lines on which it names others.
    package var lines: [Reference: Int]

    package init(_ resource: Resource, file: String, line: Int = 0, lines: [Reference: Int] = [:]) {
        self.resource = resource
        self.file = file
        self.line = line
        self.lines = lines
    }

    /// The error of a reference, or of the whole when none is given.
    func error(_ problem: String, at reference: Reference? = nil) -> ResourceError {
        let words = "\(resource.kind.rawValue) \(resource.name): \(problem)"
        return ResourceError(file: file, line: reference.flatMap { lines[$0] } ?? line, problem: words)
    }
}

/// That one resource names another.
package struct Reference: Hashable, Sendable {
    package var kind: Resource.Kind
    package var name: String
    /// The key under which it stands in a file.
    package var key: String

    package init(_ kind: Resource.Kind, _ name: String, key: String) {
        self.kind = kind
        self.name = name
        self.key = key
    }
}

extension Resource {
    /// What it names, in the order of its file.
    var references: [Reference] {
        switch self {
        case .unit(let unit):
            return unit.parent.isEmpty ? [] : [Reference(.unit, unit.parent, key: "parent")]
        case .site(let site):
            return site.units.map { Reference(.unit, $0, key: "units") }
        case .asset(let asset):
            var references: [Reference] = []
            if !asset.unit.isEmpty { references.append(Reference(.unit, asset.unit, key: "unit")) }
            if !asset.site.isEmpty { references.append(Reference(.site, asset.site, key: "site")) }
            if !asset.hours.isEmpty { references.append(Reference(.hours, asset.hours, key: "hours")) }
            return references + asset.via.joined().map { Reference(.asset, $0, key: "via") }
        case .maintenance(let maintenance):
            return maintenance.targets.compactMap { target in
                switch target {
                case .site(let site): Reference(.site, site, key: "sites")
                case .unit(let unit): Reference(.unit, unit, key: "units")
                case .asset(let asset): Reference(.asset, asset, key: "assets")
                case .assetClass: nil
                }
            }
        case .rule(let rule):
            return rule.match.units.map { Reference(.unit, $0, key: "units") }
                + rule.match.sites.map { Reference(.site, $0, key: "sites") }
                + rule.match.assets.map { Reference(.asset, $0, key: "assets") }
        case .hours, .route:
            return []
        }
    }
}
