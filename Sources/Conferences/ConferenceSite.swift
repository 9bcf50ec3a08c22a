package import Vocabulary

/// What is known of a site: what stands there, what its checks say, and whether somebody works on it.
package struct ConferenceSite: Hashable, Sendable {
    /// Why nothing is expected of an asset, and until when; nil: no end is in sight.
    package struct Pause: Hashable, Sendable {
        package var name: String
        package var until: Instant?

        package init(_ name: String, until: Instant? = nil) {
            self.name = name
            self.until = until
        }
    }

    /// What else is to blame for the failure of a check, as the alert engine found.
    package struct Blame: Hashable, Sendable {
        /// Empty: it is out of the reader's sight.
        package var asset: String
        package var incident: Int64

        package init(_ asset: String, incident: Int64) {
            self.asset = asset
            self.incident = incident
        }
    }

    package struct Check: Hashable, Sendable {
        package var name: CheckName
        package var kind: ProbeKind
        /// The setting of that name, which says what `sip` and `h323` ask; empty: the probe's default.
        package var method: String
        /// What is believed; nil: nothing yet.
        package var outcome: Outcome?
        package var since: Instant?
        /// When it was asked last, and what came of that; a single failure is not believed yet.
        package var asked: Instant?
        package var last: State?
        /// Whether a device last said that it is registered; nil: it never said anything of it.
        package var isRegistered: Bool?
        /// When the certificate that it last saw ends.
        package var certificateEnds: Instant?
        package var blame: Blame?

        package init(
            _ name: CheckName, kind: ProbeKind, method: String = "", outcome: Outcome?, since: Instant? = nil,
            asked: Instant? = nil, last: State? = nil, isRegistered: Bool? = nil, certificateEnds: Instant? = nil,
            blame: Blame? = nil
        ) {
            self.name = name
            self.kind = kind
            self.method = method
            self.outcome = outcome
            self.since = since
            self.asked = asked
            self.last = last
            self.isRegistered = isRegistered
            self.certificateEnds = certificateEnds
            self.blame = blame
        }
    }

    package struct Asset: Hashable, Sendable {
        package var name: String
        package var assetClass: String
        package var checks: [Check]
        package var maintenance: Pause?
        package var outsideHours: Pause?

        package init(
            _ name: String, assetClass: String, checks: [Check], maintenance: Pause? = nil, outsideHours: Pause? = nil
        ) {
            self.name = name
            self.assetClass = assetClass
            self.checks = checks
            self.maintenance = maintenance
            self.outsideHours = outsideHours
        }
    }

    package var name: String
    /// Of the unit the site is named for; empty without one.
    package var level: String
    package var assets: [Asset]

    package init(_ name: String, level: String, assets: [Asset]) {
        self.name = name
        self.level = level
        self.assets = assets
    }
}

extension ConferenceSite.Asset {
    /// Its part in a conference.
    enum Part: Hashable {
        /// On the way from outside; the lower, the nearer to the outside.
        case way(Int)
        case codec
        /// A PC, a camera, a display: it carries no call.
        case other
    }

    var part: Part {
        switch assetClass {
        case "line": .way(0)
        case "router", "firewall": .way(1)
        case "switch": .way(2)
        case "codec": .codec
        default: .other
        }
    }

    /// How deep inside the site it stands.
    var depth: Int {
        switch part {
        case .way(let depth): depth
        case .codec: 3
        case .other: 4
        }
    }
}
