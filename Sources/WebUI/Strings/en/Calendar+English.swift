extension Words {
    static let englishMaintenance = MaintenanceWords(
        title: "Maintenance",
        lead: "While it lasts, everything is measured and shown, and nobody is called because of it.",
        active: "Under way", planned: "To come", over: "Over", noneActive: "No work is under way.",
        nonePlanned: "No work is announced.", add: "Announce maintenance",
        addLead: "For any of these: sites, units with everything below them, assets, classes.", submit: "Announce",
        end: "End now", cancel: "Call off", announce: "Announce maintenance", name: "Name",
        nameHint: "Lower-case letters, digits and hyphens; left empty, one is made.", from: "From", until: "Until",
        every: "Every",
        everyHint: "Only for work that comes again, e.g. sun 01:00-03:00, first sun 22:00-02:00, day 15 12:00-13:00.",
        sites: "Sites", units: "Units", assets: "Assets", classes: "Classes", namesHint: "Several with commas between.",
        reason: "Reason", who: "Who", when: "When", what: "For", hours: "Hours",
        inWithoutEnd: "In maintenance, no end in sight",
        outsideWithoutEnd: "Outside its hours, no end in sight", inUntil: { "In maintenance until \($0)" },
        outsideUntil: { "Outside its hours until \($0)" }, part: { "\($0) of \($1) assets" }, ends: { "ends \($0)" },
        begins: { "begins \($0)" }, span: { "\($0) to \($1)" }, since: { "from \($0)" }, to: { "until \($0)" },
        problem: { problem in
            switch problem {
            case .missingTimes: "From and until are missing, or days and times under “Every”."
            case .noMoment(let text): "“\(text)” is no moment such as 2026-11-28 22:00."
            case .notAfter: "The end is not after the beginning."
            case .forNothing: "Say what it is for: sites, units, assets or classes."
            case .unknownName(let text): "There is nothing called “\(text)”."
            case .badRule(let text): "“\(text)” is no day with times such as sun 01:00-03:00."
            case .badName(let text): "“\(text)” is no name: lower-case letters, digits and hyphens, 63 at most."
            case .exists(let text): "There is a maintenance called “\(text)” already."
            }
        })
    static let englishAvailability = AvailabilityWords(
        title: "Availability",
        formula:
            "Available = (up + degraded) ÷ (up + degraded + down). What nobody measured, maintenance and time outside hours count neither way.",
        asset: "Assets", site: "Sites", unit: "Units", assetClass: "Classes", by: "By", month: "Month", show: "Show",
        csv: "Download as CSV", available: "Available", up: "Up", degraded: "Degraded", down: "Down",
        unknown: "Unknown", maintenance: "Maintenance", outsideHours: "Outside hours", unwatched: "Not watched",
        revised: "Revised", revisedLead: "Revised: was unknown until late data arrived.",
        none: "Nothing was watched in this month.", running: "The month is not over: figures up to now.",
        assets: "Assets", previous: "Month before", next: "Month after", of: { "Availability in \($0)" },
        more: { "The worst are listed; \($0) more are in the CSV." })
}
