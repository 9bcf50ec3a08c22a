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
    testResources: [Resource] = []
) -> [Target] {
    let room = Target.target(
        name: name, dependencies: uses, path: "\(folder)/\(name)", exclude: excluding, resources: resources,
        swiftSettings: strict)
    guard tested else { return [room] }
    return [
        room,
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name)] + uses + testsUse, path: "Tests/\(name)Tests",
            resources: testResources, swiftSettings: strict),
    ]
}

/// A C library of the system behind its module map.
func system(_ name: String, package: String, debian: String) -> Target {
    .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: package, providers: [.apt([debian])])
}

/// One probe in exactly one folder: code, Settings/, README.md, Tests/ with Fixtures/.
func probe(_ name: String, uses: [Target.Dependency] = []) -> [Target] {
    let own: [Target.Dependency] = [.target(name: "\(name)Settings"), "ProbeKit", "ProbeSettings", "Vocabulary"]
    return [
        .target(
            name: "\(name)Settings", dependencies: ["ProbeSettings", "Vocabulary"], path: "Probes/\(name)/Settings",
            swiftSettings: strict),
        .target(
            name: "\(name)Probe", dependencies: own + uses,
            path: "Probes/\(name)", exclude: ["Settings", "Tests", "README.md"], swiftSettings: strict),
        .testTarget(
            name: "\(name)ProbeTests",
            dependencies: [.target(name: "\(name)Probe")] + own + uses,
            path: "Probes/\(name)/Tests", resources: [.copy("Fixtures")], swiftSettings: strict),
    ]
}

/// A program that people or systemd start.
func program(_ product: String, in folder: String, uses: [Target.Dependency]) -> Target {
    .executableTarget(name: product, dependencies: uses, path: folder, swiftSettings: strict)
}

let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
]

var targets: [Target] =
    // What agent and collector share.
    library("Vocabulary")
    + library("Wire", uses: ["Vocabulary", protobuf], excluding: ["haidang.proto"])
    + library("ProbeSettings", uses: ["Vocabulary"])
    + library("ProbeKit", uses: ["ProbeSettings", "Vocabulary"])
    + library("SQLite", uses: ["CSQLite"])
    + [system("CSQLite", package: "sqlite3", debian: "libsqlite3-dev")]

// The agent.
targets += []

// The collector.
if ProcessInfo.processInfo.environment["HAIDANG_PART"] != "agent" {
    dependencies += [
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    ]
    targets +=
        library("Detection", uses: ["Vocabulary"])
        + library("Inventory", uses: ["Vocabulary"])
        + library("Storage", uses: ["SQLite", "Vocabulary"])
        + library(
            "Intake",
            uses: ["Detection", "Inventory", "SQLite", "Storage", "Vocabulary", "Wire", lifecycle, logging, protobuf])
}

let package = Package(name: "haidang", dependencies: dependencies, targets: targets)
