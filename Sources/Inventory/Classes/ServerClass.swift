package import Vocabulary

/// The class `server`: what is asked of a machine that carries an agent, from what the agent saw of it.
package enum ServerClass {
    /// The checks that follow from a machine's facts, in order of name.
    ///
    /// - `host` every 10 s;
    /// - `tcp-<port>` every second for each TCP port something listens on, at an address that reaches it;
    /// - `gateway` and `gateway-6` (ICMP) and `dns-<n>` (TCP 53) every 10 s: they are not ours, so gently.
    package static func checks(asset: String, facts: [Fact]) -> [Check] {
        var checks = [
            Check(
                name: CheckName(asset: asset, part: "host"), kind: "host", target: "", interval: .seconds(10),
                timeout: .seconds(5))
        ]
        for (port, address) in listeningPorts(facts) {
            checks.append(
                Check(
                    name: CheckName(asset: asset, part: "tcp-\(port)"), kind: "tcp", target: "\(address):\(port)",
                    interval: .seconds(1), timeout: .seconds(1)))
        }
        for fact in facts {
            let segments = fact.segments
            guard segments.count == 3, segments[0] == "network", !isLinkLocal(fact.value) else { continue }
            switch segments[1] {
            case "gateway":
                checks.append(
                    Check(
                        name: CheckName(asset: asset, part: segments[2] == "4" ? "gateway" : "gateway-\(segments[2])"),
                        kind: "icmp", target: fact.value, interval: .seconds(10), timeout: .seconds(1)))
            case "dns":
                let host = fact.value.contains(":") ? "[\(fact.value)]" : fact.value
                checks.append(
                    Check(
                        name: CheckName(asset: asset, part: "dns-\(segments[2])"), kind: "tcp", target: "\(host):53",
                        interval: .seconds(10), timeout: .seconds(2)))
            default: continue
            }
        }
        return checks.sorted { $0.name < $1.name }
    }

    /// Each listening TCP port once, with the address to reach it at; loopback stands for "every address".
    private static func listeningPorts(_ facts: [Fact]) -> [(port: UInt16, address: String)] {
        var addresses: [UInt16: String] = [:]
        for fact in facts where fact.path.hasPrefix("listen/tcp/") {
            let segments = fact.segments
            guard segments.count >= 3, let colon = segments[2].lastIndex(of: ":"),
                let port = UInt16(segments[2][segments[2].index(after: colon)...]), port > 0
            else { continue }
            let address = reachable(String(segments[2][..<colon]))
            // IPv4 loopback before anything else: it needs no route, and one answer a port is enough.
            if let known = addresses[port], rank(known) <= rank(address) { continue }
            addresses[port] = address
        }
        return addresses.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func reachable(_ bound: String) -> String {
        switch bound {
        case "0.0.0.0", "*": "127.0.0.1"
        case "[::]", "::": "[::1]"
        default: bound
        }
    }

    private static func rank(_ address: String) -> Int {
        if address == "127.0.0.1" { return 0 }
        if address.hasPrefix("127.") { return 1 }
        return address.hasPrefix("[") ? 3 : 2
    }

    /// Link-local addresses need a zone that a fact does not carry.
    private static func isLinkLocal(_ address: String) -> Bool {
        address.lowercased().hasPrefix("fe80:")
    }
}
