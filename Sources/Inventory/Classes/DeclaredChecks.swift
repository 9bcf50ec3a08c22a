package import Vocabulary

/// What is asked of an asset that was declared, from its address and URL.
package enum DeclaredChecks {
    /// - a URL: `http` every 10 s;
    /// - an address with a port: `tcp` every second;
    /// - an address: `icmp` every second, as strictly as the class wants it.
    package static func checks(asset: String, assetClass: String, address: String, url: String) -> [Check] {
        var checks: [Check] = []
        if !url.isEmpty {
            checks.append(
                Check(
                    name: CheckName(asset: asset, part: "http"), kind: "http", target: url, interval: .seconds(10),
                    timeout: .seconds(5)))
        }
        if !address.isEmpty {
            let kind = namesPort(address) ? "tcp" : "icmp"
            checks.append(
                Check(
                    name: CheckName(asset: asset, part: kind), kind: ProbeKind(rawValue: kind), target: address,
                    settings: settings(of: ProbeKind(rawValue: kind), assetClass: assetClass),
                    interval: .seconds(1), timeout: .seconds(1)))
        }
        return checks
    }

    /// What the class brings.
    package static func settings(of kind: ProbeKind, assetClass: String) -> [String: String] {
        kind == "icmp" ? AssetClass.named(assetClass)?.line ?? [:] : [:]
    }

    /// A bare IPv6 address has more than one colon; with a port it stands in brackets.
    package static func namesPort(_ address: String) -> Bool {
        address.hasPrefix("[") || address.utf8.count { $0 == UInt8(ascii: ":") } == 1
    }
}
