package import Vocabulary

/// What kind of thing an asset is: its class brings its checks and its fields of the book.
package struct AssetClass: Hashable, Sendable {
    /// What such a thing can be asked under.
    package enum Way: Hashable, Sendable {
        /// A host: it answers ICMP.
        case host
        /// A host with a port: it answers TCP.
        case port
        case url
    }

    /// Stable, lower-case; in files and in storage.
    package let name: String
    package let ways: Set<Way>
    /// Beside those that every asset has.
    package let fields: [BookField]

    /// What its line may do and still be in order, where that is stricter than for others (settings of `icmp`).
    package let line: [String: String]

    /// How near to the outside it stands at a site: of what fails together there the nearest is likely the cause.
    package var depth: Int {
        switch name {
        case "line": 0
        case "router", "firewall": 1
        case "switch", "ups": 2
        default: Self.deepest
        }
    }

    package static let deepest = 3

    package var allFields: [BookField] { BookField.common + fields }

    /// What such a thing may be asked with a secret, by the kind of probe.
    package var purposes: [ProbeKind] {
        guard ways.contains(.host), name != "line" else { return ways.contains(.url) ? ["http"] : [] }
        return name == "codec"
            ? ["codec", "http", "prometheus", "sip", "snmp"] : ["http", "prometheus", "sip", "snmp"]
    }

    /// What a box with an address may answer beside ICMP without a secret.
    package static let answerable: [ProbeKind] = ["dns", "h323", "ntp", "sip", "tls"]

    package var answerable: [ProbeKind] { ways.contains(.host) && name != "line" ? Self.answerable : [] }

    private init(_ name: String, ways: Set<Way>, fields: [BookField], line: [String: String] = [:]) {
        self.name = name
        self.ways = ways
        self.fields = fields
        self.line = line
    }

    /// A box with an address, and often with pages of its own.
    private static func device(_ name: String, line: [String: String] = [:]) -> AssetClass {
        AssetClass(name, ways: [.host, .url], fields: [.vendor, .model], line: line)
    }

    /// People talk through it: 150 ms one way are in order (ITU-T G.114), and what varies has to be buffered.
    private static let conversation = ["latency": "300ms", "jitter": "50ms"]

    /// Every class there is.
    package static let all: [AssetClass] = [
        device("server"),
        AssetClass("service", ways: [.host, .port, .url], fields: [.vendor, .contract]),
        device("switch"),
        device("router"),
        device("firewall"),
        device("ups"),
        // What has no class of its own and speaks SNMP: a printer, a storage box, a sensor.
        device("snmp-device"),
        device("codec", line: conversation),
        device("camera"),
        device("display"),
        AssetClass("line", ways: [.host], fields: [.carrier, .bandwidth, .contract]),
        AssetClass("licence", ways: [], fields: [.vendor, .contract, .seats, .expires]),
        AssetClass("certificate", ways: [.url], fields: [.vendor, .expires]),
    ]

    package static func named(_ name: String) -> AssetClass? {
        byName[name]
    }

    private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
}
