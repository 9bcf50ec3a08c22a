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
        var text: [UInt8] = []
        text.reserveCapacity(512)
        let word = method.word
        text.add(word, " ", uri, " SIP/2.0\r\nVia: SIP/2.0/", transport.word, " ", localHost)
        text.add(":")
        text.add(number: Int(localPort))
        text.add(";rport;branch=")
        text.append(contentsOf: marks.branch)
        text.add("\r\nMax-Forwards: 70\r\nFrom: <", method == .register ? to : "sip:haidang@\(localHost)", ">;tag=")
        text.append(contentsOf: marks.tag)
        text.add("\r\nTo: <", to, ">\r\nCall-ID: ")
        text.append(contentsOf: marks.callID)
        text.add("@", localHost, "\r\nCSeq: ")
        text.add(number: sequence)
        text.add(" ", word, "\r\n")
        if method == .options {
            text.add("Contact: <sip:haidang@", localHost, ":")
            text.add(number: Int(localPort))
            text.add(transport.parameter, ">\r\nAccept: application/sdp\r\n")
        }
        if let authorization { text.add(authorization, "\r\n") }
        text.add("User-Agent: haidang\r\nContent-Length: 0\r\n\r\n")
        return text
    }
}

/// The words of one transaction that nobody can guess (RFC 3261, 8.1.1): branch, tag, Call-ID.
package struct SIPMarks: Hashable, Sendable {
    /// What an exchange by UDP is known by: the digits of the branch.
    package let key: UInt64
    private let dialog: UInt64

    /// The prefix of every branch since RFC 3261 (8.1.1.7).
    package static let cookie = Array("z9hG4bK".utf8)

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
    package var branch: [UInt8] { Self.cookie + Self.digits(key) }
    package var tag: [UInt8] { Array(Self.digits(dialog).prefix(8)) }
    package var callID: [UInt8] { Self.digits(dialog) }

    private static func digits(_ number: UInt64) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            for index in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index)) & 15
                buffer[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            count = 16
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

extension [UInt8] {
    /// Not variadic: making that array would cost more than the texts do.
    fileprivate mutating func add(
        _ first: String, _ second: String = "", _ third: String = "", _ fourth: String = "", _ fifth: String = "",
        _ sixth: String = "", _ seventh: String = ""
    ) {
        append(contentsOf: first.utf8)
        append(contentsOf: second.utf8)
        append(contentsOf: third.utf8)
        append(contentsOf: fourth.utf8)
        append(contentsOf: fifth.utf8)
        append(contentsOf: sixth.utf8)
        append(contentsOf: seventh.utf8)
    }

    fileprivate mutating func add(number: Int) {
        append(contentsOf: String(number).utf8)
    }
}
