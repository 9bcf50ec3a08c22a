import Vocabulary

/// The overview in words, ready for its template.
struct OverviewView: Sendable {
    struct Trouble: Sendable {
        let asset: NamedText?
        let site: NamedText?
        let badge: Badge
        let reason: ReasonText?
        let since: Moment
        let contact: ContactText?
        let exemption: String?
        let holder: String?
    }

    struct Count: Sendable {
        let badge: Badge
        let number: String
        let address: String
        let isNone: Bool
    }

    /// What has no address yet, and where it is listed.
    struct Bare: Sendable {
        let words: String
        let address: String
    }

    struct Machine: Sendable {
        let asset: NamedText?
        let site: String
        let badge: Badge
        let cpu: String
        let memory: String
        let disk: String
        let spark: String
    }

    struct Step: Sendable {
        let number: Int
        let title: String
        let why: String
        let command: String
    }

    let headline: String
    let isCalm: Bool
    let nothingYet: String?
    let newest: String
    let isOld: Bool
    let counts: [Count]
    let bare: [Bare]
    let areBare: Bool
    let troubles: [Trouble]
    let areTroubles: Bool
    let more: String?
    let machines: [Machine]
    let areMachines: Bool
    let steps: [Step]
    let areSteps: Bool

    init(_ page: OverviewPage, _ viewer: Viewer) {
        let words = viewer.words
        let broken = page.troubles.count + page.furtherTroubles
        let total = page.counts.values.reduce(0, +)
        nothingYet = total == 0 && broken == 0 ? words.overview.nothingBrokenYet : nil
        let age = page.newestData.map { viewer.now - $0 }
        // Not one measurement: a system that has just begun, with nothing wrong about it and nothing to claim.
        let isWaiting = age == nil && broken == 0
        let isOld = age.map { $0 > OverviewPage.patience } ?? (total > 0 && !isWaiting)
        self.isOld = isOld
        // Silence is not calm: without fresh data nobody knows that nothing is broken.
        headline =
            if broken > 0 {
                words.overview.headline(broken)
            } else if isWaiting {
                words.overview.waiting
            } else {
                isOld ? words.overview.uncertain : words.overview.nothingBroken
            }
        isCalm = broken == 0 && !isOld
        newest =
            age.map { isOld ? words.overview.isOld(words.ago($0)) : words.overview.newest(words.ago($0)) }
            ?? (isWaiting && total > 0 ? words.overview.waitingLead : words.overview.noData)
        counts = Standing.allCases.map { standing in
            let number = page.counts[standing] ?? 0
            return Count(
                badge: Badge(standing, words), number: viewer.numbers.integer(number),
                address: "/assets?state=\(standing.rawValue)", isNone: number == 0)
        }
        // What has not been measured yet has an address most likely: nothing is said of it while waiting.
        let assets = isWaiting ? 0 : page.counts[.notConfigured] ?? 0
        bare = [(CountedThing.site, page.sitesWithoutAddress, "/sites"), (.asset, assets, "/assets")]
            .filter { $0.1 > 0 }.map { thing, count, list in
                Bare(
                    words: words.overview.noAddress(words.counted(thing, count)),
                    address: "\(list)?state=\(Standing.notConfigured.rawValue)")
            }
        areBare = !bare.isEmpty
        troubles = page.troubles.map { trouble in
            Trouble(
                asset: NamedText.asset(trouble.asset), site: NamedText.site(trouble.site),
                badge: Badge(trouble.standing, words), reason: trouble.reason.map(words.sentence),
                since: viewer.moment(trouble.since), contact: trouble.contact.map(ContactText.init(short:)),
                exemption: trouble.exemption.map { $0.words(viewer) },
                holder: trouble.acknowledgedBy.map { words.incident.isHeld($0, nil) })
        }
        areTroubles = !troubles.isEmpty
        more = page.furtherTroubles > 0 ? words.overview.more(page.furtherTroubles) : nil
        machines = page.machines.map { Self.machine($0, viewer) }
        areMachines = !machines.isEmpty
        steps = page.steps.enumerated().map { Self.step($0.element, number: $0.offset + 1, words.overview) }
        areSteps = !steps.isEmpty
    }

    private static func machine(_ machine: OverviewPage.Machine, _ viewer: Viewer) -> Machine {
        let percent = { (ratio: Double?) in ratio.map { viewer.numbers.percent($0) } ?? "–" }
        // A line that ends in a gap has no present value: the last known one would pass for it.
        let cpu = percent(machine.cpu.last ?? nil)
        return Machine(
            asset: NamedText.asset(machine.asset), site: machine.site.label,
            badge: Badge(machine.standing, viewer.words), cpu: cpu, memory: percent(machine.memory),
            disk: percent(machine.fullestDisk),
            spark: Sparkline(values: machine.cpu, top: 1).svg(label: "\(viewer.words.overview.sparkline): \(cpu)"))
    }

    private static func step(_ step: OverviewPage.Step, number: Int, _ words: OverviewWords) -> Step {
        let (title, why) =
            switch step.kind {
            case .enrolMachine: (words.enrol, words.enrolWhy)
            case .loadSites: (words.load, words.loadWhy)
            case .breakSomething: (words.breakIt, words.breakWhy)
            }
        return Step(number: number, title: title, why: why, command: step.command)
    }
}
