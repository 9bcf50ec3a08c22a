/// What an incident's message says beside its alerts, as it was when somebody was told.
package struct Scene: Hashable, Sendable {
    /// One way to explain what fails, and what speaks for it.
    package struct Explanation: Hashable, Sendable {
        package var asset: Int64
        /// How many of the assets that fail it would explain.
        package var explains: Int
        /// Of how many.
        package var of: Int
        /// How many of those that depend on it fail.
        package var failing: Int
        /// How many depend on it and are asked, itself included.
        package var below: Int

        package init(asset: Int64, explains: Int, of: Int, failing: Int, below: Int) {
            self.asset = asset
            self.explains = explains
            self.of = of
            self.failing = failing
            self.below = below
        }

        /// Best when it explains all that fails and nothing that depends on it works.
        var weight: Double {
            guard of > 0, below > 0 else { return 0 }
            return Double(explains) / Double(of) * Double(failing) / Double(below)
        }
    }

    package var incident: Int64
    /// What depends on the cause, or stands beside it, and works.
    package var unaffected: [Int64]
    /// What may fail with it and is quiet: in maintenance, or outside its hours.
    package var quiet: [Int64]
    /// The likeliest first, at most three.
    package var explanations: [Explanation]

    package init(incident: Int64, unaffected: [Int64], quiet: [Int64], explanations: [Explanation]) {
        self.incident = incident
        self.unaffected = unaffected
        self.quiet = quiet
        self.explanations = explanations
    }
}

extension AlertEngine {
    func scene(of incident: Incident) -> Scene {
        let affected = assets(in: incident)
        var range = dependencies.below(incident.root).union([incident.root])
        let site: String? = if case .site(let name) = incident.cause { name } else { nil }
        if let site { range.formUnion(dependencies.assets.filter { $0.value.site == site }.map(\.key)) }
        let silent = Set(silenced.values.map(\.asset))
        return Scene(
            incident: incident.id,
            unaffected: range.filter { !affected.contains($0) && !silent.contains($0) && isKnown($0) && !isOut($0) }
                .sorted(),
            quiet: range.filter { !affected.contains($0) && silent.contains($0) }.sorted(),
            explanations: explanations(of: affected))
    }

    /// What could be to blame: each thing that fails, and each that it depends on unless that is known to work.
    private func explanations(of affected: Set<Int64>) -> [Scene.Explanation] {
        var candidates: Set<Int64> = []
        for asset in affected { candidates.formUnion(dependencies.above(asset).union([asset])) }
        let found = candidates.filter { isOut($0) || !isKnown($0) || affected.contains($0) }.map { candidate in
            let below = dependencies.below(candidate).union([candidate])
            let asked = below.filter { isKnown($0) }
            return Scene.Explanation(
                asset: candidate, explains: affected.intersection(below).count, of: affected.count,
                failing: asked.filter { isOut($0) || affected.contains($0) }.count, below: asked.count)
        }
        return Array(
            found.sorted { ($1.weight, $1.explains, $0.asset) < ($0.weight, $0.explains, $1.asset) }.prefix(3))
    }
}
