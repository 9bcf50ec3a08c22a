import Glibc

/// IPv4 or IPv6.
package enum AddressFamily: Int, CaseIterable, Hashable, Sendable {
    case ipv4 = 4
    case ipv6 = 6

    /// `AF_INET` or `AF_INET6`.
    package var systemNumber: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        }
    }
}

extension AddressFamily: CustomStringConvertible {
    package var description: String { "IPv\(rawValue)" }
}
