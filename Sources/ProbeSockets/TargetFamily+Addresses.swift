package import ProbeSettings
package import Sockets

extension TargetFamily {
    /// What the resolver is asked for; nil: whatever there is.
    package var addressFamily: AddressFamily? {
        switch self {
        case .any: nil
        case .ipv4: .ipv4
        case .ipv6: .ipv6
        }
    }
}
