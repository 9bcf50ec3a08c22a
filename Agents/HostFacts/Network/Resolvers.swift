internal import ProcFS
internal import Vocabulary

/// The name servers of `/etc/resolv.conf` (resolv.conf(5)), in order.
package enum Resolvers {
    package static func parse(_ text: String) -> [String] {
        text.lines.compactMap { line in
            let fields = line.fields
            return fields.count >= 2 && fields[0] == "nameserver" ? String(fields[1]) : nil
        }
    }
}

extension SheetBuilder {
    mutating func addGatewaysAndResolvers() {
        add(text("/proc/net/route").flatMap(RouteTable.gateway4).map { Fact("network", "gateway", "4", value: $0) })
        add(
            text("/proc/net/ipv6_route").flatMap(RouteTable.gateway6).map { Fact("network", "gateway", "6", value: $0) }
        )
        let servers = text("/etc/resolv.conf").map(Resolvers.parse) ?? []
        for (index, server) in servers.enumerated() {
            add(Fact("network", "dns", String(index + 1), value: server))
        }
    }
}
