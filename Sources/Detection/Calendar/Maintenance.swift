package import Vocabulary

/// Announced work: while it lasts, what it covers is measured and shown, and nobody is called because of it.
package struct Maintenance: Hashable, Sendable {
    /// What it is for.
    package enum Target: Hashable, Sendable {
        case site(String)
        /// With everything below it in the tree.
        case unit(String)
        case asset(String)
        case assetClass(String)
    }

    package enum Times: Hashable, Sendable {
        case once(Range<Instant>)
        /// Whenever the rules say so, within these moments where they are given.
        case recurring([DayRule], from: Instant?, until: Instant?)
    }

    /// An asset as far as it matters here.
    package struct Thing: Hashable, Sendable {
        package var asset: String
        package var assetClass: String
        /// Empty where there is none.
        package var site: String
        /// The unit that owns it and all above that one.
        package var units: Set<String>

        package init(asset: String, assetClass: String, site: String = "", units: Set<String> = []) {
            self.asset = asset
            self.assetClass = assetClass
            self.site = site
            self.units = units
        }
    }

    package var name: String
    package var times: Times
    package var targets: [Target]
    package var reason: String
    /// Who does the work.
    package var who: String

    package init(name: String, times: Times, targets: [Target], reason: String = "", who: String = "") {
        self.name = name
        self.times = times
        self.targets = targets
        self.reason = reason
        self.who = who
    }

    package func covers(_ thing: Thing) -> Bool {
        targets.contains { target in
            switch target {
            case .site(let site): thing.site == site
            case .unit(let unit): thing.units.contains(unit)
            case .asset(let asset): thing.asset == asset
            case .assetClass(let name): thing.assetClass == name
            }
        }
    }
}
