package import Vocabulary

/// What is known of the assets and of what each depends on; changes only when a person changes it.
///
/// Links are declared, or were confirmed by a person. The organisation tree is no part of this.
package struct Dependencies: Hashable, Sendable {
    package struct Asset: Hashable, Sendable {
        package var importance: Importance
        /// Empty: it stands nowhere.
        package var site: String
        /// How near it is to the outside among what stands at one site: the nearest is likely the cause.
        package var depth: Int
        /// Each group is needed; of a group with several members one is enough.
        package var via: [[Int64]]
        /// What tells whether it can be reached at all; empty: nobody asks.
        package var reach: Set<Subject>
        /// Whether failures that come and go are folded into one.
        package var folds: Bool
        /// How long its failure lasts before somebody is told; nil: as its importance has it.
        package var patience: Duration?

        package init(
            importance: Importance = .normal, site: String = "", depth: Int = 0, via: [[Int64]] = [],
            reach: Set<Subject> = [], folds: Bool = true, patience: Duration? = nil
        ) {
            self.importance = importance
            self.site = site
            self.depth = depth
            self.via = via
            self.reach = reach
            self.folds = folds
            self.patience = patience
        }
    }

    package let assets: [Int64: Asset]
    /// What leads to an asset directly, in order of row.
    private let dependents: [Int64: [Int64]]
    private let bySite: [String: [Int64]]

    package init(_ assets: [Int64: Asset]) {
        self.assets = assets
        var dependents: [Int64: [Int64]] = [:]
        for (id, asset) in assets.sorted(by: { $0.key < $1.key }) {
            for via in Set(asset.via.joined()) { dependents[via, default: []].append(id) }
        }
        self.dependents = dependents
        bySite = Dictionary(grouping: assets.keys.sorted()) { assets[$0]?.site ?? "" }
    }

    /// What stands at a site, in order of row.
    package func at(_ site: String) -> [Int64] { bySite[site] ?? [] }

    package subscript(id: Int64) -> Asset? { assets[id] }

    package func importance(of id: Int64) -> Importance { assets[id]?.importance ?? .normal }

    package func patience(of id: Int64) -> Patience {
        assets[id]?.patience.map(Patience.after) ?? Patience(importance(of: id))
    }

    /// Everything that depends on an asset, directly or through others; not the asset itself. Ends in circles, too.
    package func below(_ id: Int64) -> Set<Int64> {
        var found: Set<Int64> = []
        var waiting = dependents[id] ?? []
        while let next = waiting.popLast() {
            guard next != id, found.insert(next).inserted else { continue }
            waiting += dependents[next] ?? []
        }
        return found
    }

    /// Everything that an asset depends on, directly or through others.
    package func above(_ id: Int64) -> Set<Int64> {
        var found: Set<Int64> = []
        var waiting = Array((assets[id]?.via ?? []).joined())
        while let next = waiting.popLast() {
            guard next != id, found.insert(next).inserted else { continue }
            waiting += (assets[next]?.via ?? []).joined()
        }
        return found
    }
}
