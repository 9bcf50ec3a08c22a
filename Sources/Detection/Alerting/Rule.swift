package import Vocabulary

/// How some assets are judged, where that differs from what their class brings: what their checks tolerate, and how long
/// a failure lasts before somebody is told.
package struct Rule: Hashable, Sendable {
    /// Which assets: of one of these classes, in one of these units or below, at one of these sites, and one of these;
    /// what is empty asks for nothing.
    package struct Match: Codable, Hashable, Sendable {
        package var classes: [String]
        package var units: [String]
        package var sites: [String]
        package var assets: [String]

        package init(classes: [String] = [], units: [String] = [], sites: [String] = [], assets: [String] = []) {
            self.classes = classes
            self.units = units
            self.sites = sites
            self.assets = assets
        }

        package func covers(_ thing: Maintenance.Thing) -> Bool {
            (classes.isEmpty || classes.contains(thing.assetClass))
                && (units.isEmpty || units.contains(where: thing.units.contains))
                && (sites.isEmpty || sites.contains(thing.site))
                && (assets.isEmpty || assets.contains(thing.asset))
        }

        package var isOfClassesAlone: Bool { units.isEmpty && sites.isEmpty && assets.isEmpty }

        /// The more, the fewer it means: an asset before a site, a site before a unit, a unit before a class.
        var narrowness: Int {
            (assets.isEmpty ? 0 : 8) + (sites.isEmpty ? 0 : 4) + (units.isEmpty ? 0 : 2) + (classes.isEmpty ? 0 : 1)
        }
    }

    package var name: String
    package var match: Match
    /// Settings of checks, by the kind of probe; of those that run plug-ins by `exec-NAME`.
    package var checks: [String: [String: String]]
    /// How long a failure lasts before somebody is told; nil: as its importance has it.
    package var patience: Duration?

    package init(
        name: String, match: Match = Match(), checks: [String: [String: String]] = [:], patience: Duration? = nil
    ) {
        self.name = name
        self.match = match
        self.checks = checks
        self.patience = patience
    }
}

/// All rules there are. Of several for one asset the narrower one says more, and of equally narrow ones the later by name.
package struct Rules: Hashable, Sendable {
    /// The widest first.
    private let rules: [Rule]

    package init(_ rules: [Rule] = []) {
        self.rules = rules.sorted { ($0.match.narrowness, $0.name) < ($1.match.narrowness, $1.name) }
    }

    package var isEmpty: Bool { rules.isEmpty }

    package func patience(of thing: Maintenance.Thing) -> Duration? {
        rules.last { $0.patience != nil && $0.match.covers(thing) }?.patience
    }

    /// Checks as the rules have them; what no rule speaks of stays as it is.
    package func applied(to checks: [Check], of thing: Maintenance.Thing) -> [Check] {
        let mine = rules.filter { !$0.checks.isEmpty && $0.match.covers(thing) }
        guard !mine.isEmpty else { return checks }
        return checks.map { check in
            var check = check
            for rule in mine {
                check.settings.merge(rule.checks[Self.key(of: check)] ?? [:]) { _, ruled in ruled }
            }
            return check
        }
    }

    /// An asset has one check of a kind; but each plug-in is a question of its own.
    private static func key(of check: Check) -> String {
        check.kind == "exec" ? String(check.name.part) : check.kind.rawValue
    }
}
