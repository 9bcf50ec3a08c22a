/// An ICMP error that came back instead of a reply: what it says, and who says it.
package struct ICMPFault: Hashable, Sendable, CustomStringConvertible {
    /// What the error says; the raw value is stable and fit for a reason.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case networkUnreachable = "network-unreachable"
        case hostUnreachable = "host-unreachable"
        case protocolUnreachable = "protocol-unreachable"
        case portUnreachable = "port-unreachable"
        case prohibited = "prohibited"
        case packetTooBig = "packet-too-big"
        case otherUnreachable = "unreachable"
        case timeExceeded = "time-exceeded"
        case parameterProblem = "parameter-problem"
    }

    package var kind: Kind
    package var type: UInt8
    package var code: UInt8
    /// The router or host that sent the error; this machine itself when nobody answers on its own network.
    package var reporter: SocketAddress?
    /// Of "packet too big" the largest IP packet that passes, in bytes, where its sender says so.
    package var largest: Int?
    /// From the packet that the error is about to the error.
    package var elapsed: Duration?

    package init(
        kind: Kind, type: UInt8, code: UInt8, reporter: SocketAddress?, largest: Int? = nil, elapsed: Duration? = nil
    ) {
        self.kind = kind
        self.type = type
        self.code = code
        self.reporter = reporter
        self.largest = largest
        self.elapsed = elapsed
    }

    package var description: String {
        let bytes = largest.map { ", \($0) bytes at most" } ?? ""
        let words = "\(kind.rawValue) (type \(type) code \(code)\(bytes))"
        return reporter.map { "\(words) from \($0.literal)" } ?? words
    }
}

extension ICMPFault.Kind {
    /// RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1; nil when the message is no error.
    init?(ipv4Type type: UInt8, code: UInt8) {
        switch (type, code) {
        case (3, 0), (3, 5), (3, 6), (3, 11): self = .networkUnreachable
        case (3, 1), (3, 7), (3, 8), (3, 12): self = .hostUnreachable
        case (3, 2): self = .protocolUnreachable
        case (3, 3): self = .portUnreachable
        case (3, 4): self = .packetTooBig
        case (3, 9), (3, 10), (3, 13): self = .prohibited
        case (3, _): self = .otherUnreachable
        case (11, _): self = .timeExceeded
        case (12, _): self = .parameterProblem
        default: return nil
        }
    }

    /// RFC 4443 §3; nil when the message is no error that is known.
    init?(ipv6Type type: UInt8, code: UInt8) {
        switch (type, code) {
        case (1, 0): self = .networkUnreachable
        case (1, 1), (1, 5), (1, 6): self = .prohibited
        case (1, 3): self = .hostUnreachable
        case (1, 4): self = .portUnreachable
        case (1, _): self = .otherUnreachable
        case (2, _): self = .packetTooBig
        case (3, _): self = .timeExceeded
        case (4, _): self = .parameterProblem
        default: return nil
        }
    }
}
