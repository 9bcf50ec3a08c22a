import Vocabulary
import WebUI

/// Pages as a province would fill them, and as it finds them on the first day.
enum Samples {
    static let now = Instant(seconds: 1_680_674_828)  // 2023-04-05 06:07:08 UTC
    static let phone = Contact(name: "Trần Thị Mai", phone: "0912 345 678")

    static func viewer(
        _ language: Language = .vietnamese, theme: Viewer.Theme = .auto, user: String? = "mai.tran", path: String = "/"
    ) -> Viewer {
        Viewer(language: language, theme: theme, userName: user, csrf: "t0ken", path: path, now: now)
    }

    static let steps: [OverviewPage.Step] = [
        .init(.enrolMachine, command: "sudo haidang-agent enrol https://127.0.0.1:8444 --token 7Q4K-M2XD-9RTC"),
        .init(.loadSites, command: "haidang apply -f deploy/examples/province-120-sites.yaml"),
        .init(.breakSomething, command: "haidang apply -f deploy/examples/broken.yaml"),
    ]

    static func wave(_ count: Int, base: Double, swing: Double, period: Int, gap: Range<Int>? = nil) -> [Double?] {
        (0..<count).map { index in
            if let gap, gap.contains(index) { return nil }
            let phase = Double(index % period) / Double(period)
            let triangle = phase < 0.5 ? phase * 2 : 2 - phase * 2
            return base + swing * triangle + swing * 0.2 * Double((index * 7919) % 13) / 13
        }
    }

    static let overview = OverviewPage(
        troubles: [
            .init(
                asset: "codec-xa-an-binh", site: "UBND xã An Bình", standing: .down,
                reason: Reason("timeout", step: "connect", expected: "≤ 2 s", got: ""), since: now - .seconds(190),
                contact: phone),
            .init(
                asset: "public-portal", site: "Trung tâm dữ liệu tỉnh", standing: .down,
                reason: Reason("status", step: "response", expected: "200", got: "502 Bad Gateway"),
                since: now - .seconds(42), contact: Contact(name: "Trực hệ thống", phone: "+84 (259) 3822 100")),
            .init(
                asset: "mail-gateway", site: "Trung tâm dữ liệu tỉnh", standing: .degraded,
                reason: Reason("certificate-expiring", step: "tls", expected: "≥ 14 d", got: "6 d"),
                since: now - .seconds(86_400 * 3)),
            .init(
                asset: "switch-huyen-ninh-phuoc", site: "UBND huyện Ninh Phước", standing: .unknown,
                reason: Reason("agent-silent"), since: now - .seconds(7300),
                contact: Contact(name: "Nguyễn Văn Hùng", phone: "0987 000 111")),
        ],
        furtherTroubles: 3, counts: [.down: 2, .degraded: 4, .unknown: 1, .up: 1386, .notConfigured: 14],
        sitesWithoutAddress: 120, newestData: now - .seconds(1),
        machines: [
            .init(
                asset: "web-1", site: "Trung tâm dữ liệu tỉnh", standing: .up,
                cpu: wave(60, base: 0.12, swing: 0.3, period: 20), memory: 0.61, fullestDisk: 0.43),
            .init(
                asset: "db-1", site: "Trung tâm dữ liệu tỉnh", standing: .degraded,
                cpu: wave(60, base: 0.5, swing: 0.4, period: 33), memory: 0.92, fullestDisk: 0.88),
            .init(
                asset: "edge-huyen-thuan-bac", site: "UBND huyện Thuận Bắc", standing: .unknown,
                cpu: wave(60, base: 0.05, swing: 0.1, period: 9, gap: 22..<60), memory: nil, fullestDisk: nil),
            .init(
                asset: "backup-1", site: "Sở TT&TT", standing: .outsideHours, cpu: [], memory: 0.08, fullestDisk: 0.71),
        ], steps: steps)
    static let emptyOverview = OverviewPage(troubles: [], counts: [:], newestData: nil, machines: [], steps: steps)

    static let assets = AssetsPage(
        query: .init(text: "xã", unit: "huyen", page: 2), classes: ["codec", "router", "server", "service", "tủ mạng"],
        units: [
            .init(Named("tinh", title: "UBND tỉnh"), depth: 0), .init(Named("huyen", title: "UBND huyện"), depth: 1),
        ], sites: [Named("xa-1", title: "UBND xã số 1")],
        rows: (0..<24).map { index in
            let standings: [Standing] = [.up, .up, .down, .up, .notConfigured, .degraded, .up, .unknown, .outsideHours]
            let standing = standings[index % standings.count]
            let reasons: [Standing: Reason] = [
                .down: Reason("no-route", step: "connect", got: "EHOSTUNREACH"), .unknown: Reason("agent-silent"),
                .degraded: Reason("packet-loss", expected: "≤ 1 %", got: "7 %"),
            ]
            return .init(
                Named(
                    "codec-xa-\(["an-binh", "phuoc-dinh", "ca-na", "cong-hai", "loi-hai", "vinh-hai"][index % 6])-\(index)",
                    title: index % 3 == 0 ? "Thiết bị hội nghị \(index)" : ""),
                code: index % 4 == 0 ? "" : "NT-00\(index)", assetClass: index % 5 == 4 ? "router" : "codec",
                address: standing == .notConfigured ? "" : "10.20.\(30 + index).10",
                site: Named("xa-\(index)", title: "UBND xã số \(index)"),
                unit: "UBND huyện Ninh Phước", standing: standing, reason: reasons[standing],
                since: standing == .notConfigured ? nil : now - .seconds(index * 977))
        }, pages: 5, matching: 118, total: 1407, worth: 12_345_678_000)
    static let emptyAssets = AssetsPage(query: .init(), classes: [], rows: [], matching: 0, total: 0)

    static func chart(_ title: String, _ unit: ChartUnit, _ lines: [(String, [Double?])], band: Bool = false) -> Chart {
        let start = now - .seconds(86_400)
        return Chart(
            subject: .named(title), unit: unit, from: start, to: now,
            series: lines.map { name, values in
                ChartSeries(
                    name: name,
                    points: values.enumerated().map { index, value in
                        ChartPoint(
                            start + .seconds(86_400 / max(1, values.count) * index), value,
                            low: band ? value.map { $0 * 0.7 } : nil, high: band ? value.map { $0 * 1.4 } : nil)
                    })
            })
    }

    static let asset = AssetPage(
        name: "web-1", assetClass: "server", address: "10.20.1.11", site: "Trung tâm dữ liệu tỉnh",
        unit: "Sở Thông tin và Truyền thông",
        book: [
            BookEntry("title", "Máy chủ cổng thông tin"), BookEntry("code", "NT-0001"), BookEntry("serial", "FTX1234"),
            BookEntry("custodian", "Lê Quốc Bảo"), BookEntry("purchased", "2021-05-01"),
            BookEntry("price", "120000000"), BookEntry("warranty", "2023-05-01"), BookEntry("note", ""),
            BookEntry("vendor", "Dell"),
        ], via: [LinkedAsset(Named("line-dc", title: "Đường truyền chính"), assetClass: "line", standing: .up)],
        carries: [LinkedAsset("public-portal", assetClass: "service", standing: .down)],
        contacts: [phone, Contact(name: "Trực hệ thống")],
        standing: .degraded, reason: Reason("filesystem-full", expected: "≤ 90 %", got: "/var 93 %"),
        since: now - .seconds(5400),
        checks: [
            AssetCheck(
                name: "web-1/icmp", kind: "icmp", target: "10.20.1.11", standing: .up,
                since: now - .seconds(86_400 * 12),
                lastReading: Reading(Metric("icmp_rtt_seconds"), 0.000_42), lastRun: now - .seconds(1)),
            AssetCheck(
                name: "web-1/https", kind: "http", target: "https://portal.example/health?long=parameter&and=another",
                standing: .down, reason: Reason("status", step: "response", expected: "200", got: "502"),
                since: now - .seconds(42), lastReading: Reading(Metric("http_phase_seconds", ["phase": "tls"]), 0.0123),
                lastRun: now - .seconds(4)),
            AssetCheck(
                name: "web-1/host", kind: "host", target: "", standing: .degraded,
                reason: Reason("filesystem-full", expected: "≤ 90 %", got: "/var 93 %"), since: now - .seconds(5400),
                lastReading: Reading(Metric("host_filesystem_free_bytes", ["mount": "/var"]), 3_221_225_472),
                lastRun: now - .seconds(8)),
        ],
        charts: [
            chart(
                "CPU", .ratio,
                [
                    ("user", wave(96, base: 0.1, swing: 0.3, period: 30)),
                    ("system", wave(96, base: 0.02, swing: 0.08, period: 17)),
                ]),
            chart(
                "RTT 10.20.1.11", .seconds,
                [("icmp_rtt_seconds", wave(288, base: 0.0004, swing: 0.0009, period: 70, gap: 100..<130))], band: true),
            chart(
                "eth0", .bytesPerSecond,
                [
                    ("rx", wave(96, base: 900_000, swing: 9_000_000, period: 40)),
                    ("tx", wave(96, base: 300_000, swing: 2_000_000, period: 31)),
                ]),
            chart("/var", .bytes, [("free", wave(96, base: 3e9, swing: 4e9, period: 190))]),
            chart("HTTP", .count, []),
        ],
        facts: [
            ("os/name", "Debian GNU/Linux 12 (bookworm)"), ("os/kernel", "6.1.0-18-amd64"), ("os/hostname", "web-1"),
            ("cpu/model", "Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz"), ("cpu/count", "8"),
            ("memory/total", "16 777 216 kB"), ("disk/sda/model", "SAMSUNG MZ7LH960"),
            ("disk/sda/serial", "S45NNE0M123456"),
            ("interface/eth0/mac", "52:54:00:12:34:56"),
            ("interface/eth0/address", "10.20.1.11/24, fe80::5054:ff:fe12:3456/64"),
            ("rack/position", "B2-17"),
        ].map {
            AssetFact(
                Fact(path: $0.0, value: $0.1), source: "agent web-1", firstSeen: now - .seconds(86_400 * 40),
                lastSeen: now - .seconds(620))
        }
            + (0..<15).map {
                AssetFact(
                    Fact("group", "group\($0)", value: "1\($0)"), source: "agent web-1",
                    firstSeen: now - .seconds(86_400),
                    lastSeen: now)
            },
        changes: [
            AssetChange(
                at: now - .seconds(42), source: "web-1",
                .standing(check: "web-1/https", .down, Reason("status", expected: "200", got: "502"))),
            AssetChange(
                at: now - .seconds(4000), source: "agent",
                .fact(path: "os/kernel", old: "6.1.0-17-amd64", new: "6.1.0-18-amd64")),
            AssetChange(
                at: now - .seconds(90_000), source: "agent",
                .fact(path: "disk/sdb/model", old: nil, new: "WDC WD40EFRX")),
            AssetChange(
                at: now - .seconds(90_500), source: "agent", .fact(path: "disk/sdc/model", old: "ST4000", new: nil)),
            AssetChange(at: now - .seconds(99_000), source: "collector", .standing(check: nil, .up, nil)),
        ], blindSpots: blindSpots, packages: 1104)
    /// The first carrier broke; the second one goes another way.
    static let paths = [
        PathPair([
            Path(
                check: CheckName(asset: "web-1", part: "icmp"), seen: now - .seconds(40), occasion: .trouble,
                hops: [
                    .init(address: "10.0.0.1", roundTrip: .microseconds(310)), .init(address: "", roundTrip: nil),
                ], end: .silent),
            Path(
                check: CheckName(asset: "web-1", part: "icmp"), seen: now - .seconds(4000), occasion: .routine,
                hops: [
                    .init(address: "10.0.0.1", roundTrip: .microseconds(300)),
                    .init(address: "10.1.1.1", roundTrip: .milliseconds(2)),
                    .init(address: "10.20.1.11", roundTrip: .milliseconds(3)),
                ], end: .reached),
        ]),
        PathPair([
            Path(
                check: CheckName(asset: "web-1", part: "icmp-6"), seen: now, occasion: .recovery,
                hops: [.init(address: "2001:db8::7", roundTrip: .microseconds(90))], end: .reached)
        ]),
    ].compactMap { $0 }
    static let emptyAsset = AssetPage(name: "codec-xa-ca-na", assetClass: "codec", standing: .notConfigured)

    static let blindSpots = [
        BlindSpot(
            "raw-socket", detail: "socket(AF_INET, SOCK_RAW): Operation not permitted",
            remedy: "sudo setcap cap_net_raw,cap_dac_read_search+ep /usr/bin/haidang-agent"),
        BlindSpot("dmi-serial", detail: "/sys/class/dmi/id/product_serial: Permission denied", remedy: ""),
    ]

    /// As dpkg's facts come: three of each package.
    static let packageFacts = (0..<500).flatMap { index -> [AssetFact] in
        let key = "lib\(index):amd64"
        return [
            Fact("package", key, "source", value: "lib"), Fact("package", key, "source-version", value: "1.\(index)"),
            Fact("package", key, "version", value: "1.\(index)-2"),
        ].map { AssetFact($0, source: "agent", firstSeen: now - .seconds(86_400), lastSeen: now) }
    }
    static let packages = PackagesPage(
        asset: "web-1", query: "", page: 2, packages: PackagesPage.Row.rows(of: packageFacts)
    ) { _ in true }
    static let audit = AuditPage(
        rows: [
            .init(at: now - .seconds(30), who: "mai.tran", action: "change-password", subject: "mai.tran"),
            .init(at: now - .seconds(60), who: "mai.tran", action: "brand-new", subject: "web-1", detail: "a=b"),
            .init(at: now - .seconds(90), who: "machine", action: "reset-password", subject: "mai.tran"),
        ], older: 17, newer: 20)

    static func sites(_ query: SitesPage.Query = .init()) -> SitesPage {
        let commune = { (number: Int, standing: Standing) in
            SitesPage.Branch(
                Named("ubnd-xa-\(number)", title: "UBND xã số \(number)"), level: "commune",
                sites: number % 5 == 4
                    ? []
                    : [
                        .init(
                            Named("xa-\(number)", title: "Xã số \(number)"), standing: standing, contact: phone,
                            assets: number % 3 + 1)
                    ])
        }
        let district = { (name: String, standing: Standing) in
            SitesPage.Branch(
                Named("huyen-\(name)", title: "UBND huyện \(name)"), level: "district",
                sites: [.init(Named("tt-\(name)", title: "Hội trường huyện \(name)"), standing: .up, assets: 2)],
                branches: (0..<10).map { commune($0, $0 == 3 ? standing : .notConfigured) })
        }
        return SitesPage(
            query: query, levels: ["province", "department", "district", "commune", "ấp"],
            branches: [
                .init(
                    Named("tinh", title: "UBND tỉnh"), level: "province",
                    sites: [
                        .init(Named("trung-tam", title: "Trung tâm điều hành"), standing: .unknown, contact: phone)
                    ],
                    branches: (0..<6).map {
                        .init(
                            Named("so-\($0)", title: "Sở số \($0)"), level: "department",
                            sites: [.init(Named("diem-so-\($0)", title: "Sở số \($0)"), standing: .up, assets: 1)])
                    } + [district("A", .down), district("B", .notConfigured)])
            ], loose: [.init("kho", standing: .notConfigured)],
            counts: [.up: 8, .down: 1, .unknown: 1, .notConfigured: 110], matching: 120, units: 29)
    }
    static let emptySites = SitesPage(
        levels: [], branches: [], counts: [:], matching: 0, units: 0, loadCommand: "haidang apply -f province.yaml")
    static let site = SitePage(
        Named("xa-3", title: "Xã số 3"), standing: .down, reason: Reason("timeout"), since: now - .seconds(190),
        units: [
            [
                Named("tinh", title: "UBND tỉnh"), Named("huyen-A", title: "UBND huyện A"),
                Named("ubnd-xa-3", title: "UBND xã số 3"),
            ], ["hoi-nong-dan"],
        ], address: "Số 1 đường Lê Lợi", place: .init(latitude: 11.0123, longitude: 106.67),
        contacts: [
            Contact(name: "Trần Thị Mai", phone: "0912 345 678", role: "cán bộ CNTT", mail: "mai@example.vn"),
            Contact(name: "Trực ban", mail: "không rõ"),
        ],
        assets: [
            .init(
                Named("codec-xa-3", title: "Thiết bị hội nghị"), assetClass: "codec", standing: .down,
                reason: Reason("timeout"), since: now - .seconds(190), checks: 2),
            .init("camera-xa-3", assetClass: "camera", standing: .notConfigured),
        ],
        alerts: [
            .init(
                asset: "codec-xa-3", subject: "icmp", site: Named("xa-3", title: "Xã số 3"), standing: .down,
                reason: Reason("timeout"), opened: now - .seconds(190), contact: phone)
        ])
    static let emptySite = SitePage("kho", standing: .notConfigured)
    static let totals = TotalsPage(
        classes: [
            .init("codec", .init(count: 118, price: 14_160_000_000, withoutCode: 3, withoutPrice: 2)),
            .init("server", .init(count: 12, price: 2_400_000_000, withoutUnit: 1)),
        ],
        units: [
            .init(
                .unit(Named("tinh", title: "UBND tỉnh"), isWhole: true), depth: 0,
                cells: [.init(count: 118, price: 14_160_000_000), .init(count: 11, price: 2_200_000_000)],
                total: .init(count: 129, price: 16_360_000_000, withoutCode: 3, withoutPrice: 2)),
            .init(
                .own, depth: 1, cells: [nil, .init(count: 11, price: 2_200_000_000)],
                total: .init(count: 11, price: 2_200_000_000)),
            .init(
                .unit(Named("huyen-A", title: "UBND huyện A"), isWhole: false), depth: 1,
                cells: [.init(count: 118, price: 14_160_000_000), nil],
                total: .init(count: 118, price: 14_160_000_000, withoutCode: 3, withoutPrice: 2)),
            .init(
                .nobody, depth: 0, cells: [nil, .init(count: 1, price: 200_000_000)],
                total: .init(count: 1, price: 200_000_000, withoutUnit: 1)),
        ], total: .init(count: 130, price: 16_560_000_000, withoutCode: 3, withoutPrice: 2, withoutUnit: 1),
        bareUnits: 27)
    static let emptyTotals = TotalsPage(classes: [], units: [], total: .init(count: 0, price: 0))

    static let alerts = AlertsPage(
        open: [
            .init(
                asset: "public-portal", subject: "https", site: "Trung tâm dữ liệu tỉnh", standing: .down,
                reason: Reason("status", step: "response", expected: "200", got: "502"),
                opened: now - .seconds(42), contact: phone),
            .init(
                asset: "codec-xa-an-binh", site: "UBND xã An Bình", standing: .down, reason: Reason("timeout"),
                opened: now - .seconds(5000), acknowledgedBy: "hung.nguyen", contact: phone),
            .init(
                asset: "edge-huyen-thuan-bac", site: "UBND huyện Thuận Bắc", standing: .unknown,
                reason: Reason("agent-silent"), opened: now - .seconds(9000)),
        ],
        resolved: [
            .init(
                asset: "mail-gateway", subject: "tls", site: "Trung tâm dữ liệu tỉnh", standing: .degraded,
                reason: Reason("certificate-expiring", expected: "≥ 14 d", got: "6 d"),
                opened: now - .seconds(86_400 * 2), resolved: now - .seconds(86_400))
        ])
    static let emptyAlerts = AlertsPage(open: [], resolved: [])

    static let agents = AgentsPage(
        rows: [
            .init(
                name: "agent-dc", site: "Trung tâm dữ liệu tỉnh", version: "0.1.0", standing: .up,
                lastSeen: now - .seconds(1), lag: .milliseconds(38), clockOffset: .microseconds(-420)),
            .init(
                name: "agent-thuan-bac", site: "UBND huyện Thuận Bắc", version: "0.1.0", standing: .unknown,
                lastSeen: now - .seconds(9000), lag: .seconds(3), spooled: 18_220, droppedSamples: 1200,
                droppedStates: 2, clockOffset: .milliseconds(1900), blindSpots: blindSpots,
                origin: "192.0.2.17 (thuan-bac)", clones: ["192.0.2.91 (thuan-bac)"]),
        ], enrolCommand: steps[0].command)
    static let emptyAgents = AgentsPage(rows: [], enrolCommand: steps[0].command)

    /// Every page, filled and empty, under the name its sample file has.
    static let pages: [(name: String, isSignedIn: Bool, page: any Page)] = [
        ("overview", true, overview), ("overview-empty", true, emptyOverview),
        ("assets", true, assets), ("assets-empty", true, emptyAssets), ("asset", true, asset),
        ("asset-empty", true, emptyAsset), ("sites", true, sites()), ("sites-empty", true, emptySites),
        (
            "sites-none", true,
            SitesPage(query: .init(text: "x"), levels: [], branches: [], counts: [.up: 1], matching: 0, units: 1)
        ),
        ("conference", true, conference), ("conference-empty", true, emptyConference),
        ("conference-none", true, conferenceNone),
        ("site", true, site), ("site-empty", true, emptySite), ("totals", true, totals),
        ("totals-empty", true, emptyTotals), ("alerts", true, alerts), ("alerts-empty", true, emptyAlerts),
        ("incident", true, incident),
        ("maintenance", true, maintenance), ("maintenance-empty", true, emptyMaintenance),
        ("availability", true, availability), ("availability-empty", true, emptyAvailability),
        ("findings", true, findings), ("findings-empty", true, FindingsPage(open: [], closed: [])),
        ("agents", true, agents), ("agents-empty", true, emptyAgents),
        ("packages", true, packages), ("audit", true, audit), ("audit-empty", true, AuditPage(rows: [])),
        ("sign-in", false, SignInPage()),
        ("sign-in-wrong", false, SignInPage(user: "mai.tran", notice: .wrong, returnPath: "/assets")),
        ("password", true, ChangePasswordPage(isForced: true)),
        ("password-short", true, ChangePasswordPage(isForced: false, problem: .tooShort)),
        ("not-found", true, MessagePage(.notFound, requestID: "01HZX3J8")),
        ("failure", false, MessagePage(.serverError, requestID: "01HZX3J9")),
    ]
}

extension CheckName: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(rawValue: value)
    }
}
