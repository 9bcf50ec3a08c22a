import Conferences
import Testing
import Vocabulary
import WebUI

/// Names and answers come from other machines: whatever they hold, it stays text.
@Suite struct HostileTests {
    static let names = [
        "<script>alert(1)</script>", "\" onmouseover=\"x", "' onfocus='x", "\"\u{301} onmouseover=\"x",
        "<\u{338}img src=x onerror=y>", "&lt;b&gt;", "{{text.frame.product}}", "{{{page}}}", "\u{202E}gnp.exe\u{0}",
    ]

    static let forbidden = [
        "<script>", "<img src=x", "\"\u{301}", "<\u{338}", "\" onmouseover=\"", "' onfocus=", "\u{0}", "\u{202E}",
    ]

    static func pages(_ name: String) -> [any Page] {
        let reason = Reason(name, step: name, expected: name, got: name)
        let contact = Contact(name: name, phone: name, role: name, mail: name)
        let named = Named(name, title: name)
        let chart = Chart(
            subject: .named(name), unit: .count, from: Samples.now - .seconds(60), to: Samples.now,
            series: [
                ChartSeries(name: name, points: [ChartPoint(Samples.now, 1)]), ChartSeries(name: name, points: []),
            ])
        let conference = Conference(
            [
                Samples.conferenceSite(
                    name, level: name, ["line/icmp": .down(reason)], blame: .init(name, incident: 1)),
                Samples.conferenceSite(name, level: name, ["codec/sip": .degraded(reason)]),
                Samples.conferenceSite(name, level: name, maintenance: .init(name)),
            ], levels: [name])
        let blind = [BlindSpot(name, detail: name, remedy: name)]
        return [
            OverviewPage(
                troubles: [
                    .init(
                        asset: named, site: named, standing: .down, reason: reason, since: Samples.now,
                        contact: contact)
                ], counts: [:], newestData: nil,
                machines: [.init(asset: named, site: named, standing: .up, cpu: [0.5])],
                steps: [.init(.enrolMachine, command: name)]),
            AssetsPage(
                query: .init(text: name, assetClass: name, unit: name, site: name), classes: [name],
                units: [.init(named, depth: 1)], sites: [named],
                rows: [
                    .init(
                        named, code: name, assetClass: name, address: name, site: named, unit: named,
                        standing: .down, reason: reason)
                ], pages: 3, matching: 1, total: 1),
            AssetPage(
                name: name, title: name, assetClass: name, address: name, site: named, unit: named,
                book: [BookEntry(name, name), BookEntry("warranty", name), BookEntry("price", name)],
                via: [LinkedAsset(named, assetClass: name, standing: .up)],
                carries: [LinkedAsset(named, assetClass: name, standing: .up)], contacts: [contact], standing: .down,
                reason: reason,
                checks: [
                    AssetCheck(
                        name: CheckName(asset: "a", part: name), kind: ProbeKind(rawValue: name), target: name,
                        standing: .down, reason: reason, lastReading: Reading(Metric(text: name), 1))
                ], charts: [chart],
                facts: [
                    AssetFact(
                        Fact(path: name, value: name), source: name, firstSeen: Samples.now, lastSeen: Samples.now)
                ],
                changes: [
                    AssetChange(at: Samples.now, source: name, .fact(path: name, old: name, new: name)),
                    AssetChange(
                        at: Samples.now, source: name, .standing(check: CheckName(rawValue: name), .down, reason)),
                ], blindSpots: blind),
            AlertsPage(
                open: [
                    .init(
                        asset: named, subject: name, site: named, standing: .down, reason: reason,
                        opened: Samples.now,
                        acknowledgedBy: name, contact: contact)
                ], resolved: []),
            IncidentPage(
                number: 1,
                row: .init(asset: named, subject: name, standing: .down, reason: reason, opened: Samples.now),
                unaffected: [named], quiet: [named],
                explanations: [.init(asset: named, explains: 1, of: 1, failing: 1, below: 1)],
                messages: [.init(route: name, kind: name, sent: nil, problem: name)],
                decisions: [
                    .init(
                        at: Samples.now, subject: name,
                        sentence: DecisionSentence(
                            verdict: "caused", detail: [(key: "asset", value: name)], language: .english))
                ], holder: .init(name: name, until: Samples.now),
                notes: [.init(at: Samples.now, who: name, kind: .comment, text: name)],
                draft: .init(until: name, note: name, comment: name), problem: .noMoment(name)),
            AgentsPage(
                rows: [
                    .init(
                        name: name, site: name, version: name, standing: .up, lastSeen: nil, blindSpots: blind)
                ], enrolCommand: name),
            PackagesPage(
                asset: name, query: name, page: 1,
                packages: [
                    .init(name: name, architecture: name, version: name, source: name, firstSeen: Samples.now)
                ], where: { _ in true }),
            AuditPage(rows: [.init(at: Samples.now, who: name, action: name, subject: name, detail: name)]),
            SitesPage(
                query: .init(text: name, level: name), levels: [name],
                branches: [
                    .init(
                        named, level: name, sites: [.init(named, standing: .down, contact: contact, assets: 2)],
                        branches: [.init(named, level: name)])
                ], loose: [.init(named, standing: .up)], counts: [.down: 1], matching: 1, units: 1, loadCommand: name),
            SitePage(
                named, standing: .down, reason: reason,
                exemptions: [
                    .init(.maintenance(name, assets: 1, of: 2), until: nil), .init(.outsideHours(name), until: nil),
                ],
                units: [[named, named]], address: name,
                place: .init(latitude: .nan, longitude: 106.6), contacts: [contact],
                assets: [.init(named, assetClass: name, standing: .down, reason: reason)]),
            ConferencePage(
                query: .init(text: name, level: name), conference: conference, levels: [name, name],
                rows: conference.sites.map { .init(named, $0, blame: name, sharing: 2, contact: contact) }),
            TotalsPage(
                classes: [.init(name, .init(count: 1, price: .max))],
                units: [
                    .init(.unit(named, isWhole: true), depth: 99, cells: [nil], total: .init(count: 1, price: .min))
                ], total: .init(count: 1, price: 1)),
            MaintenancePage(
                rows: [
                    .init(
                        name, stage: .active, every: [name], sites: [named], units: [named], assets: [named],
                        classes: [name], covered: 1, reason: name, who: name)
                ],
                draft: .init(
                    name: name, from: name, until: name, every: name, sites: name, units: name, assets: name,
                    classes: name, reason: name), problem: .unknownName(name), knownSites: [named],
                knownUnits: [named], knownClasses: [name]),
            AvailabilityPage(
                month: name, previous: name, next: name, grouping: .asset, isWhole: false,
                rows: [.init(named, available: .nan)], total: .init(named, available: 2)),
            SignInPage(user: name, notice: .wrong, returnPath: name), MessagePage(.notFound, requestID: name),
        ]
    }

    @Test(arguments: names)
    func hostileTextStaysText(_ name: String) {
        for page in Self.pages(name) {
            var viewer = Samples.viewer(.english, user: name, path: "/assets?q=" + name)
            viewer.csrf = name
            let html = page.html(for: viewer)
            // Scalars, not graphemes: that is how browsers read.
            let scalars = Array(html.unicodeScalars)
            for forbidden in Self.forbidden {
                let isThere = Self.has(scalars, forbidden)
                #expect(!isThere, "\(type(of: page)): \(forbidden.debugDescription)")
            }
        }
    }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", " https://x", "//evil.example"])
    func onlyWebAddressesAreLinks(_ address: String) {
        let html = AssetPage(name: "a", assetClass: "service", address: address, standing: .up)
            .html(for: Samples.viewer())
        #expect(!html.contains("href=\"\(address)"))
        #expect(html.contains("<code>\(address)</code>"))
    }

    @Test func aBrokenClockOrNumberDoesNotTrap() {
        let edges = [Instant(microseconds: .min), Instant(microseconds: .max)]
        for edge in edges {
            var viewer = Samples.viewer()
            viewer.now = edge
            for sample in Samples.pages { _ = sample.page.html(for: viewer) }
        }
        let numbers: [Double?] = [.nan, .infinity, -.infinity, 1e308, -1e308, .leastNonzeroMagnitude, nil, 0]
        for unit in ChartUnit.allCases {
            for number in numbers {
                for edge in edges {
                    let chart = Chart(
                        subject: .named(""), unit: unit, from: edges[0], to: edge,
                        series: [ChartSeries(name: "", points: [.init(edge, number, low: number, high: 3)])])
                    #expect(chart.svg(for: Samples.viewer(), id: "c").hasSuffix("</svg>"))
                }
            }
        }
    }

    private static func has(_ scalars: [Unicode.Scalar], _ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars.count >= wanted.count else { return false }
        return scalars.indices.dropLast(wanted.count - 1).contains { start in
            scalars[start] == wanted[0] && scalars[start..<start + wanted.count].elementsEqual(wanted)
        }
    }
}
