extension Words {
    static let english = Words(
        frame: FrameWords(
            product: "Hải Đăng", skip: "Skip to the content", navigation: "Pages", overview: "Overview",
            conference: "Conference", sites: "Sites",
            assets: "Assets", alerts: "Alerts", findings: "Findings", agents: "Agents", signOut: "Sign out",
            changePassword: "Change password", preferences: "Preferences", language: "Language", theme: "Appearance",
            themeAuto: "As the device", themeLight: "Light", themeDark: "Dark", audit: "Audit log",
            maintenance: "Maintenance",
            availability: "Availability", copy: "Copy",
            copied: "Copied",
            timesIn: "Times are in", loaded: "Page made at",
            expected: "expected", got: "got", stale: "No fresh data can be fetched; this page was made at"),
        signIn: SignInWords(
            title: "Sign in", lead: "Watches the province's networks, sites and assets.", user: "User name",
            password: "Password", submit: "Sign in", wrong: "The user name or the password is wrong.",
            locked: "Too many failed attempts. Wait a few minutes and try again.",
            expired: "The session has ended. Please sign in again.", signedOut: "You are signed out."),
        password: PasswordWords(
            title: "Change password",
            leadForced: "The password you just used works once only. Please set one of your own.",
            lead: "Other sessions of this account will be signed out.", current: "Current password",
            new: "New password", again: "New password once more", submit: "Set password",
            wrongCurrent: "The current password is wrong.", different: "The two new passwords differ.",
            same: "The new password must differ from the old one.", common: "This password is too easy to guess.",
            atLeast: { "At least \($0) characters." }),
        overview: OverviewWords(
            title: "Overview", states: "Assets by state", broken: "In trouble now", nothingBroken: "Nothing is broken",
            nothingBrokenYet: "There is nothing to measure yet. Begin with the steps below.",
            waiting: "Waiting for the first data",
            waitingLead: "The first measurements usually arrive within a minute.",
            uncertain: "Whether anything is broken is not known", call: "Call",
            nobody: "no contact recorded", machines: "Machines", noMachines: "No machine runs an agent yet.",
            next: "Next steps", nextLead: "Copy a command and run it in a terminal.", enrol: "Enrol a machine",
            enrolWhy: "Makes a token for one machine, to be given to its agent.", load: "Load 120 sites",
            loadWhy: "A sample list on four administrative levels.", breakIt: "Break something",
            breakWhy: "See what this page says, and how soon.", noData: "No data has arrived yet.", cpu: "CPU",
            memory: "Memory", disk: "Disk", sparkline: "Recent CPU",
            headline: { $0 == 1 ? "One thing is in trouble" : "\($0) things are in trouble" },
            newest: { "Newest data: \($0)" },
            isOld: { "The data is old: \($0). The collector or the agents may have stopped." },
            noAddress: { "\($0), no address yet" }, more: { "and \($0) more" }),
        assets: AssetsWords(
            title: "Assets", search: "Search", searchHint: "Name, code, serial, holder, place",
            allClasses: "Every class",
            allStates: "Every state", allUnits: "Every unit", allSites: "Every site", filter: "Filter", clear: "Clear",
            none: "There are no assets yet.",
            noneMatch: "No asset matches.", previous: "Previous page", next: "Next page", pages: "Turn pages",
            shown: { shown, all in
                let numbers = NumberFormat(language: .english)
                let total = "\(numbers.integer(all)) asset\(all == 1 ? "" : "s")"
                return shown == all ? total : "\(numbers.integer(shown)) of \(total)"
            },
            page: { "Page \($0) of \($1)" }),
        asset: AssetWords(
            checks: "Checks", noChecks: "There are no checks.", charts: "Charts",
            drag: "Drag sideways to zoom in, hold Shift and drag to move", reset: "Show all", facts: "Facts",
            noFacts: "No source has described this asset yet.", firstLast: "First and last seen",
            history: "Change history",
            noHistory: "Nothing has changed yet.", blind: "What the agent cannot see",
            blindLead: "The command beside it would let the agent see; that machine's administrator decides.",
            address: "Address", site: "Site", call: "Call",
            runThis: "Command that allows it", became: "became", changed: "changed", appeared: "appeared",
            vanished: "vanished", notConfigured: "It has no address, so nothing is asked of it.",
            waiting: "Waiting for the first measurement.", span: "Span", seen: "last seen"),
        path: .english,
        sites: englishSites, conference: englishConference, totals: englishTotals, book: englishBook,
        alerts: AlertsWords(
            title: "Alerts", open: "Open", noOpen: "No alert is open.", resolved: "Resolved",
            noResolved: "No alert has been resolved yet.", acknowledgedBy: "Acknowledged by",
            notAcknowledged: "not acknowledged", lasted: "Lasted"),
        incident: englishIncident, notes: englishNotes,
        maintenance: englishMaintenance, availability: englishAvailability,
        delivery: DeliveryWords(
            repeated: "maybe repeated", nothingIsWrong: "Nothing is broken: it only shows that messages arrive here.",
            test: { "Test message of the route \($0)" }, askedBy: { "\($0) asked for it." },
            alive: { "Hải Đăng is alive: \($0) watched, \($1) open" },
            aliveWhy: "This comes every Monday at 8:00. When it does not, somebody has to look.",
            digest: { "While messages waited: \($0) still failing, \($1) over again" }),
        findings: englishFindings,
        agents: AgentsWords(
            title: "Agents", none: "There are no agents yet.", noneLead: "Run this on the machine to be watched:",
            dropped: "Dropped", nothingDropped: "nothing dropped", samples: "samples", states: "states",
            findings: "findings", sees: "sees everything", blind: "Cannot see", silent: "silent",
            cloned: { own, others in
                "Clone suspected: \(others) reports with the identity of \(own). What it says is refused until that "
                    + "machine has a machine-id and an enrolment of its own."
            }),
        message: MessageWords(
            notFound: "There is no such page",
            notFoundLead: "The address is wrong, or what it named was renamed or removed.",
            forbidden: "Not allowed", forbiddenLead: "This account may not see or do that.",
            failure: "The server failed",
            failureLead: "The failure is on record. When reporting it, quote the request below.",
            tooMany: "Too many requests", tooManyLead: "Wait a minute and try again.", request: "Request",
            home: "To the overview"),
        packages: PackagesWords(
            title: "Packages", searchHint: "Name, version, source package",
            none: "What is installed here is not known yet.", noneMatch: "No package matches.",
            of: { "\($0) of \($1)" }),
        audit: AuditWords(
            title: "Audit log", lead: "Who did what on this system.", none: "Nobody has done anything yet.",
            machine: "on this machine", newer: "Newer", older: "Older"),
        chart: ChartWords(
            table: "Figures", time: "Time", series: "Series", least: "Least", mean: "Mean", most: "Most",
            last: "Latest",
            noData: "There are no figures in this span.", band: "least to most",
            memory: "memory", swap: "swap", minutes: { "\($0) min" },
            summary: { "\($0), \($1) to \($2)" }, latest: { "the latest \($0) points of \($1)" }),
        column: ColumnWords(
            asset: "Asset", site: "Site", state: "State", reason: "Reason", since: "Since", call: "Call", name: "Name",
            kind: "Kind", target: "Target", value: "Value", age: "Measured", assetClass: "Class", unit: "Unit",
            address: "Address", fact: "Fact", source: "Source", firstSeen: "First seen", lastSeen: "Last seen",
            when: "When", what: "What", from: "Before", to: "After", opened: "Opened", resolved: "Resolved",
            acknowledged: "Acknowledged", version: "Version", lag: "Lag", spool: "Waiting", dropped: "Dropped",
            clock: "Clock offset", unseen: "Cannot see", architecture: "Architecture",
            sourcePackage: "Source package", who: "Who", action: "What", subject: "To what", code: "Code",
            assets: "Assets", checks: "Checks", severity: "Severity"),
        language: .english,
        standing: { standing in
            switch standing {
            case .up: "Up"
            case .degraded: "Degraded"
            case .down: "Down"
            case .unknown: "Unknown"
            case .notConfigured: "Not configured"
            case .outsideHours: "Outside hours"
            }
        },
        counted: { thing, number in
            let count = NumberFormat(language: .english).integer(number)
            let noun =
                switch thing {
                case .asset: "asset"
                case .site: "site"
                case .unit: "unit"
                case .check: "check"
                case .agent: "agent"
                case .alert: "alert"
                case .change: "change"
                case .run: "run"
                case .point: "point"
                case .package: "package"
                case .finding: "finding"
                }
            return "\(count) \(noun)\(number == 1 ? "" : "s")"
        },
        duration: { span in spoken(span) },
        ago: { span in
            // Clocks differ a little: what is "from the future" by a breath is news, nothing more.
            span < .seconds(2) ? "just now" : "\(spoken(span)) ago"
        },
        reason: englishReason, step: englishStep, blindSpot: englishBlindSpot, assetClass: englishClass,
        factGroup: englishFactGroup, phrase: englishPhrase, subject: englishSubject, action: englishAction,
        level: englishLevel, field: englishField, severity: englishSeverity,
        finding: englishFinding, evidence: englishEvidence)

    private static func spoken(_ span: Duration) -> String {
        let (number, unit) = span.spoken
        return switch unit {
        case .seconds: "\(number) s"
        case .minutes: "\(number) min"
        case .hours: "\(number) h"
        case .days: number == 1 ? "1 day" : "\(number) days"
        }
    }
}
