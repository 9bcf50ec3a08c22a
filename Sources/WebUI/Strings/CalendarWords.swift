/// Announced work: its page, and what asset and site pages say of it and of hours.
struct MaintenanceWords: Sendable {
    let title, lead, active, planned, over, noneActive, nonePlanned, add, addLead, submit, end, cancel, announce: String
    let name, nameHint, from, until, every, everyHint, sites, units, assets, classes, namesHint, reason, who, when,
        what: String
    let hours, inWithoutEnd, outsideWithoutEnd: String
    let inUntil: @Sendable (_ when: String) -> String
    let outsideUntil: @Sendable (_ when: String) -> String
    /// Some of a site's assets.
    let part: @Sendable (_ assets: String, _ all: String) -> String
    let ends: @Sendable (_ when: String) -> String
    let begins: @Sendable (_ when: String) -> String
    let span: @Sendable (_ from: String, _ until: String) -> String
    let since: @Sendable (_ from: String) -> String
    let to: @Sendable (_ until: String) -> String
    let problem: @Sendable (MaintenancePage.Problem) -> String
}

/// The month's report.
struct AvailabilityWords: Sendable {
    let title, formula, asset, site, unit, assetClass, by, month, show, csv, available, up, degraded, down, unknown,
        maintenance, outsideHours, unwatched, revised, revisedLead, none, running, assets, previous, next: String
    let of: @Sendable (_ month: String) -> String
    /// What the page leaves to the sheet.
    let more: @Sendable (_ rows: String) -> String
}
