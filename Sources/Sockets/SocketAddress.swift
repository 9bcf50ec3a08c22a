package import Glibc

/// An IPv4 or IPv6 address with a port (0 where there is none) and, for link-local IPv6, its interface.
package struct SocketAddress: Hashable, Sendable {
    package enum Host: Hashable, Sendable {
        /// Host byte order: 127.0.0.1 is 0x7f000001.
        case ipv4(UInt32)
        /// Host byte order, so that `::1` is 1; `scope` is the index of the interface, 0 for none.
        case ipv6(UInt128, scope: UInt32)
    }

    package var host: Host
    package var port: UInt16

    package init(_ host: Host, port: UInt16 = 0) {
        self.host = host
        self.port = port
    }

    /// Reads `192.0.2.7`, `2001:db8::1` or `fe80::1%eth0` (also `fe80::1%2`); nil for anything else, names included.
    package init?(_ literal: some StringProtocol, port: UInt16 = 0) {
        let percent = literal.utf8.firstIndex(of: UInt8(ascii: "%"))
        let address = String(literal[..<(percent ?? literal.endIndex)])
        var four = in_addr()
        if percent == nil, inet_pton(AF_INET, address, &four) == 1 {
            self.init(.ipv4(UInt32(bigEndian: four.s_addr)), port: port)
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, address, &six) == 1 else { return nil }
        var scope: UInt32 = 0
        if let percent {
            let zone = literal[percent...].dropFirst()
            scope = UInt32(zone) ?? if_nametoindex(String(zone))
            guard scope != 0 else { return nil }
        }
        let bits = withUnsafeBytes(of: six) { $0.loadUnaligned(as: UInt128.self) }
        self.init(.ipv6(UInt128(bigEndian: bits), scope: scope), port: port)
    }

    /// Takes what the system filled in; nil when it is neither IPv4 nor IPv6, or cut short.
    package init?(_ storage: sockaddr_storage, length: socklen_t) {
        let parsed: SocketAddress? = withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET where Int(length) >= MemoryLayout<sockaddr_in>.size:
                let four = bytes.loadUnaligned(as: sockaddr_in.self)
                return SocketAddress(
                    .ipv4(UInt32(bigEndian: four.sin_addr.s_addr)), port: UInt16(bigEndian: four.sin_port))
            case AF_INET6 where Int(length) >= MemoryLayout<sockaddr_in6>.size:
                let six = bytes.loadUnaligned(as: sockaddr_in6.self)
                let bits = withUnsafeBytes(of: six.sin6_addr) { $0.loadUnaligned(as: UInt128.self) }
                return SocketAddress(
                    .ipv6(UInt128(bigEndian: bits), scope: six.sin6_scope_id), port: UInt16(bigEndian: six.sin6_port))
            default:
                return nil
            }
        }
        guard let parsed else { return nil }
        self = parsed
    }

    package var family: AddressFamily {
        switch host {
        case .ipv4: .ipv4
        case .ipv6: .ipv6
        }
    }

    /// The address alone: without port and interface, to compare where a packet came from.
    package var withoutPortAndScope: SocketAddress {
        switch host {
        case .ipv4: SocketAddress(host)
        case .ipv6(let bits, _): SocketAddress(.ipv6(bits, scope: 0))
        }
    }

    /// Whether both are of one host, whatever port and interface.
    package func isSameHost(as other: SocketAddress) -> Bool {
        switch (host, other.host) {
        case (.ipv4(let one), .ipv4(let two)): one == two
        case (.ipv6(let one, _), .ipv6(let two, _)): one == two
        default: false
        }
    }

    /// Calls `body` with the address as the system's calls want it.
    package func withSystemAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        switch host {
        case .ipv4(let bits):
            var four = sockaddr_in()
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            four.sin_addr.s_addr = bits.bigEndian
            return Self.rebound(four, body)
        case .ipv6(let bits, let scope):
            var six = sockaddr_in6()
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            six.sin6_scope_id = scope
            withUnsafeMutableBytes(of: &six.sin6_addr) { $0.storeBytes(of: bits.bigEndian, as: UInt128.self) }
            return Self.rebound(six, body)
        }
    }

    private static func rebound<Address, Result>(
        _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}
