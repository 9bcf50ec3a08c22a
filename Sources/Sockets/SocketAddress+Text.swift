import Glibc

extension SocketAddress: CustomStringConvertible {
    /// The address without its port, as people write it: `192.0.2.7`, `2001:db8::1`, `fe80::1%2`.
    package var literal: String {
        switch host {
        case .ipv4(let bits):
            return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
        case .ipv6(let bits, let scope):
            let text = Self.text(of: bits)
            return scope == 0 ? text : "\(text)%\(scope)"
        }
    }

    /// With its port when it has one: `192.0.2.7:22`, `[2001:db8::1]:443`.
    package var description: String {
        guard port != 0 else { return literal }
        return family == .ipv4 ? "\(literal):\(port)" : "[\(literal)]:\(port)"
    }

    /// RFC 5952 form, by the C library.
    private static func text(of bits: UInt128) -> String {
        var address = in6_addr()
        withUnsafeMutableBytes(of: &address) { $0.storeBytes(of: bits.bigEndian, as: UInt128.self) }
        var characters = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &characters, socklen_t(characters.count)) != nil else { return "::" }
        return String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
