package import SIPSettings

/// A request that changes nothing: OPTIONS (RFC 3261, 11), or REGISTER without Contact, which asks for the bindings
/// (RFC 3261, 10.2.3).
package struct SIPRequest: Sendable {
    package var method: SIPSettings.Method
    package var transport: SIPSettings.Transport
    /// Whom it is for, as a URI.
    package var uri: String
    /// Of whom it speaks, as a URI: the same for OPTIONS, the user for REGISTER.
    package var to: String
    /// Our own host, as URIs and Via write it (IPv6 in brackets), with the port that answers are to come to.
    package var localHost: String
    package var localPort: UInt16
    package var sequence: Int
    package var marks: SIPMarks
    /// The whole field of an answered challenge, e.g. `Authorization: Digest …`.
    package var authorization: String?

    package init(
        method: SIPSettings.Method, transport: SIPSettings.Transport, uri: String, to: String, localHost: String,
        localPort: UInt16, marks: SIPMarks, sequence: Int = 1, authorization: String? = nil
    ) {
        self.method = method
        self.transport = transport
        self.uri = uri
        self.to = to
        self.localHost = localHost
        self.localPort = localPort
        self.marks = marks
        self.sequence = sequence
        self.authorization = authorization
    }

    package var bytes: [UInt8] {
        let word = method.word
        let from = method == .register ? to : "sip:haidang@\(localHost)"
        var text = "\(word) \(uri) SIP/2.0\r\n"
        text += "Via: SIP/2.0/\(transport.word) \(localHost):\(localPort);rport;branch=\(marks.branch)\r\n"
        text += "Max-Forwards: 70\r\nFrom: <\(from)>;tag=\(marks.tag)\r\nTo: <\(to)>\r\n"
        text += "Call-ID: \(marks.callID)@\(localHost)\r\nCSeq: \(sequence) \(word)\r\n"
        if method == .options {
            text += "Contact: <sip:haidang@\(localHost):\(localPort)\(transport.parameter)>\r\n"
            text += "Accept: application/sdp\r\n"
        }
        if let authorization { text += "\(authorization)\r\n" }
        text += "User-Agent: haidang\r\nContent-Length: 0\r\n\r\n"
        return Array(text.utf8)
    }
}

/// The words of one transaction that nobody can guess (RFC 3261, 8.1.1): branch, tag, Call-ID.
package struct SIPMarks: Hashable, Sendable {
    /// What an exchange by UDP is known by: the digits of the branch.
    package let key: UInt64
    private let dialog: UInt64

    /// The prefix of every branch since RFC 3261 (8.1.1.7).
    package static let cookie = "z9hG4bK"

    package init(branch: UInt64, dialog: UInt64) {
        key = branch
        self.dialog = dialog
    }

    package init() {
        var randomness = SystemRandomNumberGenerator()
        self.init(branch: randomness.next(), dialog: randomness.next())
    }

    /// The next request of the same dialogue: another transaction, the same Call-ID and tag (RFC 3261, 22.2).
    package func next() -> SIPMarks {
        var randomness = SystemRandomNumberGenerator()
        return SIPMarks(branch: randomness.next(), dialog: dialog)
    }

    /// `z9hG4bK` and 16 digits.
    package var branch: String { Self.cookie + Self.digits(key) }
    package var tag: String { Self.digits(dialog, 8) }
    package var callID: String { Self.digits(dialog) }

    /// The first of its 16 digits.
    private static func digits(_ number: UInt64, _ count: Int = 16) -> String {
        String(unsafeUninitializedCapacity: count) { text in
            for index in 0..<count {
                let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index)) & 15
                text[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return count
        }
    }
}

extension SIPSettings.Method {
    package var word: String {
        switch self {
        case .options: "OPTIONS"
        case .register: "REGISTER"
        }
    }
}

extension SIPSettings.Transport {
    /// As Via names it (RFC 3261, 25.1: transport).
    fileprivate var word: String {
        switch self {
        case .udp: "UDP"
        case .tcp: "TCP"
        case .tls: "TLS"
        }
    }

    /// As a URI names it (RFC 3261, 19.1.1).
    fileprivate var parameter: String {
        switch self {
        case .udp: ""
        case .tcp: ";transport=tcp"
        case .tls: ";transport=tls"
        }
    }
}
