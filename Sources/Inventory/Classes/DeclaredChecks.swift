package import Vocabulary

/// What is asked of an asset that was declared, from its address and URL.
package enum DeclaredChecks {
    /// - a URL: `http` every 10 s;
    /// - an exporter's page: `prometheus`, every minute;
    /// - an address with a port: `tcp` every second;
    /// - an address: `icmp` every second, as strictly as the class wants it;
    /// - what either answers beside that: `dns`, `sip` and `h323` every 10 s, `ntp` every minute, `tls` every hour;
    /// - an address without a port, with a secret for `codec` or `snmp` these, every minute;
    /// - what else it is asked by plug-ins (`plugins`).
    package static func checks(
        asset: String, assetClass: String, address: String, url: String, answers: [String] = [], exporter: String = "",
        secrets: [String: String] = [:]
    ) -> [Check] {
        var checks: [Check] = []
        func add(_ kind: ProbeKind, _ target: String, every interval: Duration, within timeout: Duration) {
            checks.append(
                Check(
                    name: CheckName(asset: asset, part: kind.rawValue), kind: kind, target: target,
                    settings: settings(of: kind, assetClass: assetClass, secrets: secrets), interval: interval,
                    timeout: timeout))
        }
        if !url.isEmpty { add("http", url, every: .seconds(10), within: .seconds(5)) }
        if !exporter.isEmpty { add("prometheus", exporter, every: .seconds(60), within: .seconds(10)) }
        checks += plugins(asset: asset, host: host(address: address, url: url), answers: answers)
        guard !address.isEmpty else { return checks }
        add(namesPort(address) ? "tcp" : "icmp", address, every: .seconds(1), within: .seconds(1))
        for kind in answers where !isPlugin(kind) {
            switch kind {
            // Time servers turn away who asks them more often.
            case "ntp": add("ntp", address, every: .seconds(60), within: .seconds(4))
            case "tls": add("tls", address, every: .seconds(3600), within: .seconds(10))
            default: add(ProbeKind(rawValue: kind), address, every: .seconds(10), within: .seconds(4))
            }
        }
        guard !namesPort(address) else { return checks }
        if secrets["codec"] != nil { add("codec", address, every: .seconds(60), within: .seconds(20)) }
        if secrets["snmp"] != nil { add("snmp", address, every: .seconds(60), within: .seconds(30)) }
        return checks
    }

    /// Those of `answers` that are asked by plug-ins, `exec-NAME` each, every minute. What runs is said by rules, under that
    /// very word. `host` is what a plug-in asks; empty: the machine it runs on.
    package static func plugins(asset: String, host: String, answers: [String]) -> [Check] {
        answers.filter(isPlugin).map { part in
            Check(
                name: CheckName(asset: asset, part: part), kind: "exec", target: host, interval: .seconds(60),
                timeout: .seconds(15))
        }
    }

    package static let pluginPrefix = "exec-"

    private static func isPlugin(_ word: String) -> Bool { word.hasPrefix(pluginPrefix) }

    /// The host of an address with or without a port, else that of a URL; empty when there is neither.
    package static func host(address: String, url: String) -> String {
        var rest = address[...]
        if address.isEmpty {
            guard let scheme = url.firstRange(of: "://") else { return "" }
            rest = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
            if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        }
        if rest.first == "[" { return String(rest.dropFirst().prefix { $0 != "]" }) }
        return String(rest.count { $0 == ":" } == 1 ? rest.prefix { $0 != ":" } : rest)
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
