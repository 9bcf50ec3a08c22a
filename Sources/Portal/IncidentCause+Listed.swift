import Detection
package import Storage
package import WebUI

extension IncidentCause {
    /// As pages and messages say it; `named` gives a site the title that people know it by.
    package init(_ incident: IncidentStore.Listed, named: (String) -> Named) {
        self =
            switch incident.cause {
            case .root: .root
            case .site(let site): .site(named(site))
            case .shared: .shared(Named(incident.causeName))
            case .beside(let other): .beside(other)
            case .coincidence: .coincidence
            case .leftover(let other): .leftover(other)
            }
    }
}

extension Overrun {
    /// nil: no maintenance ended before this was up again.
    package init?(_ summary: IncidentSummary) {
        guard !summary.incident.overran.isEmpty else { return nil }
        self.init(maintenance: summary.incident.overran, worker: summary.worker)
    }
}
