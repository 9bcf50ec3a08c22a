package import Vocabulary

/// What is asked of an asset that was declared, from its address and URL.
package enum DeclaredChecks {
    /// - a URL: `http` every 10 s;
    /// - an address with a port: `tcp` every second;
    /// - an address: `icmp` every second, as strictly as the class wants it;
    /// - what it answers beside that, `sip` and `h323`: every 10 s;
    /// - an exporter's page: `prometheus`, every minute;
    /// - an address of a host and a secret for `snmp` or `codec`: that, every minute.
    package static func checks(
        asset: String, assetClass: String, address: String, url: String, answers: [String] = [], exporter: String = "",
        secrets: [String: String] = [:]
    ) -> [Check] {
        var checks: [Check] = []
        if !url.isEmpty {
            checks.append(
                Check(
                    name: CheckName(asset: asset, part: "http"), kind: "http", target: url, interval: .seconds(10),
                    timeout: .seconds(5)))
        }
        if !exporter.isEmpty {
            checks.append(
                Check(
                    name: CheckName(asset: asset, part: "prometheus"), kind: "prometheus", target: exporter,
                    settings: settings(of: "prometheus", assetClass: assetClass, secrets: secrets), interval: .seconds(60), timeout: .seconds(10)))
        }
        if !address.isEmpty {
            let kind = namesPort(address) ? "tcp" : "icmp"
            checks.append(
                Check(
                    name: CheckName(asset: asset, part: kind), kind: ProbeKind(rawValue: kind), target: address,
                    settings: settings(of: ProbeKind(rawValue: kind), assetClass: assetClass, secrets: secrets),
                    interval: .seconds(1), timeout: .seconds(1)))
            for kind in answers where !namesPort(address) {
                checks.append(
                    Check(
                        name: CheckName(asset: asset, part: kind), kind: ProbeKind(rawValue: kind), target: address,
                        interval: .seconds(10), timeout: .seconds(4)))
            }
            for (kind, timeout) in [("codec", Duration.seconds(20)), ("snmp", .seconds(30))]
            where !namesPort(address) && secrets[kind] != nil {
                checks.append(
                    Check(
                        name: CheckName(asset: asset, part: kind), kind: ProbeKind(rawValue: kind), target: address,
                        settings: settings(of: ProbeKind(rawValue: kind), assetClass: assetClass, secrets: secrets),
                        interval: .seconds(60), timeout: timeout))
            }
        }
        return checks
    }

    /// What the class brings, and the name of the secret to ask with.
    package static func settings(
        of kind: ProbeKind, assetClass: String, secrets: [String: String] = [:]
    ) -> [String: String] {
        var settings = kind == "icmp" ? AssetClass.named(assetClass)?.line ?? [:] : [:]
        settings["secret"] = secrets[kind.rawValue]
        return settings
    }

    /// A bare IPv6 address has more than one colon; with a port it stands in brackets.
    package static func namesPort(_ address: String) -> Bool {
        address.hasPrefix("[") || address.utf8.count { $0 == UInt8(ascii: ":") } == 1
    }
}
