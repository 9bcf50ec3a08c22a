package import Vocabulary

/// The first page: what is broken, how everything stands, how old the data is, what to do next.
package struct OverviewPage: Page {
    /// Something broken, one line each.
    package struct Trouble: Hashable, Sendable {
        package var asset: Named
        package var site: Named
        package var standing: Standing
        package var reason: Reason?
        package var since: Instant
        package var contact: Contact?
        /// Why nobody is called because of it.
        package var exemption: ExemptionNote?
        /// Who has the incident that it is part of.
        package var acknowledgedBy: String?

        package init(
            asset: Named, site: Named, standing: Standing, reason: Reason?, since: Instant, contact: Contact? = nil,
            exemption: ExemptionNote? = nil
        ) {
            self.asset = asset
            self.site = site
            self.standing = standing
            self.reason = reason
            self.since = since
            self.contact = contact
            self.exemption = exemption
        }
    }

    /// A machine with an agent: ratios from 0 to 1, the recent CPU evenly spaced and oldest first.
    package struct Machine: Hashable, Sendable {
        package var asset: Named
        package var site: Named
        package var standing: Standing
        package var cpu: [Double?]
        package var memory: Double?
        package var fullestDisk: Double?

        package init(
            asset: Named, site: Named, standing: Standing, cpu: [Double?], memory: Double? = nil,
            fullestDisk: Double? = nil
        ) {
            self.asset = asset
            self.site = site
            self.standing = standing
            self.cpu = cpu
            self.memory = memory
            self.fullestDisk = fullestDisk
        }
    }

    /// One of the first steps with its command.
    package struct Step: Hashable, Sendable {
        package enum Kind: Hashable, CaseIterable, Sendable {
            case enrolMachine
            case loadSites
            case breakSomething
        }

        package var kind: Kind
        package var command: String

        package init(_ kind: Kind, command: String) {
            self.kind = kind
            self.command = command
        }
    }

    /// The worst first.
    package var troubles: [Trouble]
    /// Broken things that `troubles` leaves out, as a count.
    package var furtherTroubles: Int
    /// Assets by standing; what is absent counts as none.
    package var counts: [Standing: Int]
    package var sitesWithoutAddress: Int
    /// When the newest observation of all was made; nil before the first one.
    package var newestData: Instant?
    package var machines: [Machine]
    package var steps: [Step]

    package init(
        troubles: [Trouble], furtherTroubles: Int = 0, counts: [Standing: Int], sitesWithoutAddress: Int = 0,
        newestData: Instant?, machines: [Machine], steps: [Step]
    ) {
        self.troubles = troubles
        self.furtherTroubles = furtherTroubles
        self.counts = counts
        self.sitesWithoutAddress = sitesWithoutAddress
        self.newestData = newestData
        self.machines = machines
        self.steps = steps
    }

    /// Beyond this the data is called old.
    static let patience = Duration.seconds(60)

    package func html(for viewer: Viewer) -> String {
        let view = OverviewView(self, viewer)
        return Templates.html(
            "Overview",
            Screen(viewer, title: viewer.words.overview.title, section: .overview, refreshes: true, page: view))
    }
}
