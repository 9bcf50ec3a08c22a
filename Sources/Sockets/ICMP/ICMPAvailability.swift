package import Vocabulary

/// With which right an engine pings in one family.
package enum ICMPAvailability: Hashable, Sendable {
    /// A raw socket: CAP_NET_RAW.
    case raw
    /// A ping socket: the group is within net.ipv4.ping_group_range.
    case unprivileged
    /// Not at all; each attempt with the system's words.
    case refused(String)

    package var isRefused: Bool {
        if case .refused = self { true } else { false }
    }

    /// The kinds of socket that an engine may try, in order.
    package enum Socket: CaseIterable, Hashable, Sendable {
        case raw
        case unprivileged
    }

    /// What cannot be pinged, and how to let it: a capability for the program at that path, or, where the path is not
    /// known, ping sockets for everybody.
    package static func blindSpots(of availability: [AddressFamily: ICMPAvailability], program: String) -> [BlindSpot] {
        let refusals = AddressFamily.allCases.compactMap { family -> String? in
            guard case .refused(let words) = availability[family] else { return nil }
            return "\(family): \(words)"
        }
        guard !refusals.isEmpty else { return [] }
        let remedy =
            program.isEmpty
            ? "sysctl -w net.ipv4.ping_group_range='0 2147483647'" : "setcap cap_net_raw=ep \(quoted(program))"
        return [BlindSpot("icmp", detail: refusals.joined(separator: "; "), remedy: remedy)]
    }

    /// As a POSIX shell wants it.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard !isPlain else { return path }
        return "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
