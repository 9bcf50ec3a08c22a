// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The house: see docs/decisions and CONTRIBUTING.md. Imports run one way; `make lint` holds them.
// HAIDANG_PART=agent leaves the collector's rooms and their dependencies out: an agent builds in a minute.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room under Sources/ (or `folder`), with its tests under Tests/ when it has any.
func library(
    _ name: String, in folder: String = "Sources", uses: [Target.Dependency] = [], tested: Bool = true,
    testsUse: [Target.Dependency] = [], excluding: [String] = [], resources: [Resource] = [],
    testResources: [Resource] = [], testsExcluding: [String] = []
) -> [Target] {
    let room = Target.target(
        name: name, dependencies: uses, path: "\(folder)/\(name)", exclude: excluding, resources: resources,
        swiftSettings: strict)
    guard tested else { return [room] }
    return [
        room,
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name)] + uses + testsUse, path: "Tests/\(name)Tests",
            exclude: testsExcluding,
            resources: testResources, swiftSettings: strict),
    ]
}

/// A C library of the system behind its module map.
func system(_ name: String, package: String, debian: String) -> Target {
    .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: package, providers: [.apt([debian])])
}

/// One probe in exactly one folder: code, Settings/, README.md, Tests/ with Fixtures/.
func probe(
    _ name: String, uses: [Target.Dependency] = [], settingsUse: [Target.Dependency] = [],
    testsUse: [Target.Dependency] = [], resources: [Resource] = []
) -> [Target] {
    let own: [Target.Dependency] = [.target(name: "\(name)Settings"), "ProbeKit", "ProbeSettings", "Vocabulary"]
    return [
        .target(
            name: "\(name)Settings", dependencies: ["ProbeSettings", "Vocabulary"] + settingsUse,
            path: "Probes/\(name)/Settings", swiftSettings: strict),
        .target(
            name: "\(name)Probe", dependencies: own + uses,
            path: "Probes/\(name)", exclude: ["Settings", "Tests", "README.md"], resources: resources,
            swiftSettings: strict),
        .testTarget(
            name: "\(name)ProbeTests",
            dependencies: [.target(name: "\(name)Probe")] + own + uses + testsUse,
            path: "Probes/\(name)/Tests", resources: [.copy("Fixtures")], swiftSettings: strict),
    ]
}

/// Files that become part of the program, as `PackageResources`.
func embedded(_ paths: String...) -> [Resource] {
    paths.map { .embedInCode($0) }
}

/// A program that people or systemd start.
func program(_ product: String, in folder: String, uses: [Target.Dependency]) -> Target {
    .executableTarget(name: product, dependencies: uses, path: folder, swiftSettings: strict)
}

let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
]

// What agent and collector share.
var targets: [Target] =
    library("Vocabulary")
    + library("Wire", uses: ["Vocabulary", protobuf], excluding: ["haidang.proto"])
    + library("ProbeSettings", uses: ["Vocabulary"])
    // The collector's alone; what it makes of the agent's beliefs is tried with those.
    + library("Detection", uses: ["Vocabulary"], testsUse: ["TestSupport"])
    + library("Captures")
    + library("Documents")
    + library("Patterns")
    + library("SNMP", testsUse: ["TestSupport"])
    + library("ProbeKit", uses: ["ProbeSettings", "Vocabulary"], testsUse: ["Detection", "TestSupport"])
    + library("SecurityRules", uses: ["Vocabulary"])
    + library("SQLite", uses: ["CSQLite"])
    + library("Keys", uses: ["COpenSSL", "Vocabulary"])
    + library("StateFolder", testsUse: ["TestSupport"])
    + library("Enrolment", uses: ["Keys", "Vocabulary"])
    + library("TLS", uses: ["CSSL", "Vocabulary"], tested: false)
    + library(
        "Curl", uses: ["CCurl", "CLinux", "Captures", "Sockets", "TLS", "Vocabulary"], testsUse: ["TestSupport"])
    + library("Gzip", uses: ["CZlib"], testsUse: ["TestSupport"])
    + library("Courier", uses: ["Curl", "Documents", "Keys", "Vocabulary"], testsUse: ["TestSupport"])
    + [
        system("CSQLite", package: "sqlite3", debian: "libsqlite3-dev"),
        system("COpenSSL", package: "libcrypto", debian: "libssl-dev"),
        .systemLibrary(name: "CLinux", path: "Sources/CLinux"),
        system("CSSL", package: "libssl", debian: "libssl-dev"),
        system("CCurl", package: "libcurl", debian: "libcurl4-openssl-dev"),
        system("CZlib", package: "zlib", debian: "zlib1g-dev"),
        .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
    ]

// The agent.
targets +=
    library(
        "Sockets", uses: ["CLinux", "Captures", "Vocabulary"], testsUse: ["TestSupport"],
        testResources: [.copy("Fixtures")])
    + library("ProcFS")
    + library("HostFacts", in: "Agents", uses: ["ProcFS", "Vocabulary"], testResources: [.copy("Fixtures")])
    + library(
        "HostWatch", in: "Agents", uses: ["HostFacts", "Keys", "ProcFS", "SecurityRules", "Vocabulary"],
        testsUse: ["TestSupport"])
    + library("Spool", in: "Agents", uses: ["SQLite", "Vocabulary", "Wire"], testsUse: ["TestSupport"])
    + library(
        "AgentKit", in: "Agents",
        uses: ["ProbeKit", "ProbeSettings", "Spool", "Vocabulary", "Wire", protobuf, lifecycle, logging],
        testsUse: ["TestSupport"])
    + library(
        "Credentials", in: "Agents",
        uses: ["AgentKit", "Curl", "Enrolment", "Keys", "Vocabulary", "Wire", protobuf, lifecycle, logging],
        testsUse: ["TestSupport"])
    + library(
        "CollectorWatch", in: "Agents",
        uses: ["AgentKit", "Courier", "Curl", "Keys", "ProbeSettings", "Vocabulary", lifecycle, logging],
        testsUse: ["TestSupport"])
    + library("ProbeSockets", uses: ["ProbeSettings", "Sockets", "Vocabulary"], tested: false)
    + library("ProbeTransfer", uses: ["Curl", "ProbeKit", "Vocabulary"], tested: false)
    + probe("Codec", uses: ["Curl", "Documents", "Keys", "ProbeTransfer"], testsUse: ["TestSupport"])
    + probe("Host", uses: ["ProcFS", "CTimex"])
    + probe("DNS", uses: ["Curl", "ProbeSockets", "ProbeTransfer", "Sockets"])
    + probe("Exec", uses: ["CLinux", "CProgram", "Sockets"], testsUse: ["TestSupport"])
    + probe("H323", uses: ["ProbeSockets", "Sockets"], testsUse: ["TestSupport"])
    + probe(
        "HTTP", uses: ["Curl", "Documents", "Patterns", "ProbeTransfer", "TLS"], settingsUse: ["Patterns"],
        testsUse: ["TestSupport"])
    + probe("ICMP", uses: ["ProbeSockets", "Sockets"])
    + probe("SIP", uses: ["Curl", "Keys", "ProbeSockets", "Sockets", "TLS"], testsUse: ["TestSupport"])
    + probe(
        "SNMP", uses: ["Keys", "ProbeSockets", "SNMP", "Sockets"], testsUse: ["TestSupport"],
        resources: embedded(
            "Families/appliance.txt", "Families/collaboration.txt", "Families/firewall.txt", "Families/gauges.txt",
            "Families/general.txt", "Families/makers.txt", "Families/network-a-e.txt", "Families/network-f-o.txt",
            "Families/network-p-z.txt", "Families/power.txt", "Families/printer.txt", "Families/server.txt",
            "Families/storage.txt", "Families/wireless.txt"))
    + probe("NTP", uses: ["ProbeSockets", "Sockets"])
    + probe("Prometheus", uses: ["Curl", "ProbeTransfer"], testsUse: ["TestSupport"])
    + probe(
        "TCP", uses: ["Patterns", "ProbeSockets", "Sockets"], settingsUse: ["Patterns"], testsUse: ["TestSupport"])
    + probe("TLS", uses: ["ProbeSockets", "Sockets", "TLS"], testsUse: ["TestSupport"])
    + [
        .target(name: "CProgram", path: "Sources/CProgram"),
        .systemLibrary(name: "CTimex", path: "Sources/CTimex"),
        program(
            "haidang-agent", in: "Agents/Agent",
            uses: [
                "AgentKit", "CLinux", "Captures", "CodecProbe", "CollectorWatch", "Courier", "Credentials", "Curl",
                "DNSProbe",
                "Documents",
                "Enrolment",
                "ExecProbe",
                "Gzip",
                "H323Probe", "HostFacts", "HostProbe",
                "HostWatch", "HTTPProbe",
                "ICMPProbe", "Keys", "NTPProbe", "ProbeKit", "ProbeSettings", "PrometheusProbe", "SIPProbe",
                "SNMPProbe", "Sockets",
                "Spool",
                "StateFolder",
                "TCPProbe", "TLSProbe",
                "Vocabulary", "Wire", arguments, lifecycle, logging, protobuf, unixSignals,
            ]),
    ]

// The collector.
if ProcessInfo.processInfo.environment["HAIDANG_PART"] != "agent" {
    dependencies += [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ]
    targets +=
        library("Inventory", uses: ["Vocabulary"], testsUse: ["TestSupport"])
        + library("Conferences", uses: ["Vocabulary"], testsUse: ["TestSupport"])
        + library("Storage", uses: ["Detection", "SQLite", "Vocabulary"], testsUse: ["TestSupport"])
        + library("Authority", uses: ["Enrolment", "Keys", "Vocabulary"])
        + library(
            "Intake",
            uses: [
                "Authority", "Detection", "Enrolment", "Gzip", "Inventory", "Keys", "SQLite", "Storage", "Vocabulary",
                "Wire", hummingbird, hummingbirdCore, hummingbirdTLS, lifecycle, logging, nioCore, nioSSL, protobuf,
            ], testsUse: ["AgentKit", "Credentials", "Curl", "TestSupport", httpTypes])
        + library(
            "Notify",
            uses: ["Courier", "Curl", "Detection", "Keys", "Storage", "Vocabulary", lifecycle, logging, mustache],
            testsUse: ["SQLite", "TestSupport"])
        + library(
            "Resources",
            uses: [
                "CodecSettings", "Courier", "DNSSettings", "Detection", "ExecSettings", "H323Settings", "HTTPSettings",
                "HostSettings",
                "ICMPSettings",
                "Inventory",
                "NTPSettings", "Notify",
                "ProbeSettings", "PrometheusSettings", "SIPSettings", "SNMPSettings", "SQLite", "Storage",
                "TCPSettings", "TLSSettings", "Vocabulary",
                yams,
            ])
        + library("Accounts", uses: ["Keys", "SQLite", "Storage", "Vocabulary"], testsUse: ["TestSupport"])
        + library(
            "Backup", uses: ["Authority", "CLinux", "Keys", "StateFolder", "Storage", "Vocabulary"],
            testsUse: ["SQLite", "TestSupport"])
        + library(
            "API",
            uses: [
                "Conferences", "Detection", "Enrolment", "Inventory", "Keys", "ProbeSettings", "Resources", "SQLite",
                "Storage", "Vocabulary", "Wire", hummingbird, nioCore, protobuf,
            ], tested: false, resources: embedded("openapi.json"))
        + library(
            "WebUI", uses: ["Conferences", "Vocabulary", mustache], testsUse: ["Detection"],
            resources: embedded(
                "Assets/charts.js", "Assets/haidang.css", "Assets/haidang.js", "Assets/haidang.svg",
                "Components/Badge.mustache",
                "Components/Chart.mustache", "Components/Contact.mustache", "Components/Copy.mustache",
                "Components/Layout.mustache", "Components/Moment.mustache", "Components/Named.mustache",
                "Components/Paths.mustache", "Components/Reason.mustache",
                "Pages/Agents/Agents.mustache", "Pages/Alerts/Alerts.mustache",
                "Pages/Alerts/OpenAlerts.mustache", "Pages/Asset/Asset.mustache",
                "Pages/Asset/AssetBook.mustache", "Pages/Asset/AssetFacts.mustache", "Pages/Assets/Assets.mustache",
                "Pages/Findings/Findings.mustache", "Pages/Findings/OpenFindings.mustache",
                "Pages/Audit/Audit.mustache",
                "Pages/ChangePassword/ChangePassword.mustache", "Pages/Conference/Conference.mustache",
                "Pages/Availability/Availability.mustache",
                "Pages/Incident/Incident.mustache", "Pages/Incident/IncidentNotes.mustache",
                "Pages/Maintenance/Maintenance.mustache",
                "Pages/Maintenance/MaintenanceRow.mustache",
                "Pages/Message/Message.mustache",
                "Pages/Overview/Overview.mustache", "Pages/Packages/Packages.mustache", "Pages/SignIn/SignIn.mustache",
                "Pages/Site/Site.mustache", "Pages/Sites/Sites.mustache", "Pages/Sites/SitesBranch.mustache",
                "Pages/Sites/SitesHead.mustache", "Pages/Sites/SitesRow.mustache", "Pages/Totals/Totals.mustache"),
            testsExcluding: ["Golden"])
        + library(
            "Portal",
            uses: [
                "API", "Conferences", "Detection", "Inventory", "Keys", "Resources", "SQLite", "Storage", "Vocabulary",
                "WebUI", "Wire", httpTypes, hummingbird, logging, nioCore,
            ],
            testsUse: [
                "Accounts", "Authority", "Courier", "Curl", "Intake", "Notify", "TestSupport", hummingbirdCore,
                hummingbirdTLS, lifecycle, nioSSL, protobuf,
            ], testsExcluding: ["Golden"])
        + [
            program(
                "haidang-collector", in: "Sources/Collector",
                uses: [
                    "API", "Accounts", "Authority", "Detection", "Intake", "Keys", "Portal", "StateFolder", "Storage",
                    "Vocabulary",
                    arguments, hummingbird, hummingbirdCore, hummingbirdTLS, lifecycle, logging, nioCore, nioSSL,
                    unixSignals,
                    "Courier", "Curl", "Notify", "WebUI", yams,
                ]),
            program(
                "haidang", in: "Sources/CLI",
                uses: ["Accounts", "Backup", "Curl", "Storage", "Vocabulary", arguments]),
        ]
}

// Measure the rooms that decide, and walks; nobody else wants them (Tests/Benchmarks/engine, Tests/Benchmarks/snmp).
if ProcessInfo.processInfo.environment["HAIDANG_PART"] == "bench" {
    targets += [
        program(
            "engine-bench", in: "Tests/Benchmarks/Pure", uses: ["Detection", "ProbeKit", "ProbeSettings", "Vocabulary"]),
        program(
            "snmp-bench", in: "Tests/Benchmarks/Walks",
            uses: ["ProbeSettings", "SNMP", "SNMPProbe", "SNMPSettings", "Sockets"]),
    ]
}

// Feeds every parser with what coverage makes up (Tests/Fuzz/run). Every room's edges are counted; where code goes past
// the checks of arrays, memory is watched as well.
if ProcessInfo.processInfo.environment["HAIDANG_PART"] == "fuzz" {
    let fuzz = program(
        "haidang-fuzz", in: "Tests/Fuzz/Harness",
        uses: [
            "AgentKit", "CFuzzer", "CodecProbe", "CodecSettings", "CollectorWatch", "Courier", "Curl", "DNSProbe",
            "DNSSettings", "Detection", "Documents", "Enrolment", "ExecProbe", "ExecSettings", "Gzip", "H323Probe",
            "H323Settings", "HTTPProbe",
            "HTTPSettings", "HostFacts", "HostProbe", "HostSettings", "HostWatch", "ICMPSettings", "Inventory", "Keys",
            "NTPProbe", "NTPSettings", "Notify", "Patterns", "ProbeKit", "ProbeSettings", "ProcFS", "PrometheusProbe",
            "PrometheusSettings", "Resources", "SIPProbe", "SIPSettings", "SNMP", "SNMPProbe", "SNMPSettings",
            "SecurityRules", "Sockets", "TCPSettings", "TLS", "TLSProbe", "TLSSettings", "Vocabulary", "Wire", protobuf,
        ])
    targets += [.systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"), fuzz]
    let unchecked: Set = [
        "Gzip", "HostFacts", "HostProbe", "Keys", "ProcFS", "SIPProbe", "SNMP", "Sockets", "haidang-fuzz",
    ]
    for target in targets where target.type == .regular || target.type == .executable {
        let watched = unchecked.contains(target.name) ? "-sanitize=fuzzer,address" : "-sanitize=fuzzer"
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags([watched])]
    }
    // Debian's own linkers cannot lay out what the address sanitizer brings; the toolchain has one that can.
    fuzz.linkerSettings = [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]
}

let package = Package(name: "haidang", dependencies: dependencies, targets: targets)
