/// One exchange to perform: an HTTP request, a mail when `mail` is set, or a conversation when that is.
///
/// Its description shows neither headers, nor body, nor anything secret.
package struct Transfer: Sendable {
    package enum Connection: Hashable, Sendable {
        /// A connection that is still open may serve.
        case reused
        /// A new connection with a new name look-up and a full handshake, closed afterwards: what a probe measures.
        case fresh
    }

    package enum Family: Hashable, Sendable {
        case any, ipv4, ipv6
    }

    package enum Version: Hashable, Sendable {
        /// HTTP/2 where the server agrees to it in the handshake, else 1.1.
        case negotiated
        case one
        /// HTTP/2 is offered; without TLS it is spoken at once.
        case two
    }

    /// A user's name and password for HTTP.
    package struct Login: Hashable, Sendable {
        package enum Scheme: Hashable, Sendable {
            case basic, digest
        }

        package var scheme: Scheme
        package var user: String
        package var password: String

        package init(_ scheme: Scheme, user: String, password: String) {
            self.scheme = scheme
            self.user = user
            self.password = password
        }
    }

    package enum Extent: Hashable, Sendable {
        case whole
        /// Ends when the connection (with its TLS handshake) stands; nothing of the request is sent.
        case handshake
    }

    /// Another place to connect to when the URL names `host:port`; the names in TLS and in the request stay.
    package struct ConnectTo: Hashable, Sendable {
        package var host: String
        package var port: UInt16
        /// An address or a name.
        package var address: String
        package var addressPort: UInt16

        /// Without `addressPort` the port stays as it is.
        package init(host: String, port: UInt16, address: String, addressPort: UInt16? = nil) {
            self.host = host
            self.port = port
            self.address = address
            self.addressPort = addressPort ?? port
        }
    }

    /// `http`, `https`; `smtp`, `smtps` when `mail` is set. Any other scheme is refused.
    package var url: String
    package var method: String
    package var headers: [Header]
    package var body: [UInt8]
    /// From the start until the connection with its TLS handshake stands.
    package var connectTimeout: Duration
    /// From the start to the end of everything.
    package var timeout: Duration
    /// How many redirects are followed; with 0 a redirect is the answer.
    package var redirects = 0
    /// Reading the answer's body stops here; the result then says so.
    package var bodyLimit = 1 << 20
    /// Whether the answer's body is wanted, or its size only.
    package var keepsBody = true
    package var connection = Connection.reused
    package var extent = Extent.whole
    package var family = Family.any
    package var connectTo: ConnectTo?
    package var version = Version.negotiated
    package var login: Login?
    /// The URL of an HTTP proxy; nil for none. The environment's is never taken.
    package var proxy: String?
    package var tls = TLSOptions()
    package var mail: Mail?
    /// What is said in place of a request; the connection is then a fresh one, and TLS agrees on no other protocol.
    package var conversation: Conversation?

    package init(
        _ url: String, method: String = "GET", headers: [Header] = [], body: [UInt8] = [],
        connectTimeout: Duration? = nil, timeout: Duration
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.connectTimeout = connectTimeout ?? timeout
        self.timeout = timeout
    }

    /// A mail through the server at `url`, e.g. `smtp://mail.example:587`.
    package init(mail: Mail, through url: String, timeout: Duration) {
        self.init(url, timeout: timeout)
        self.mail = mail
    }
}

extension Transfer: CustomStringConvertible, CustomReflectable {
    package var description: String {
        "\(mail == nil ? method : "mail") \(Self.withoutSecrets(url))"
    }

    package var customMirror: Mirror { Mirror(self, children: ["transfer": description]) }

    /// The URL without user, password, query and fragment.
    static func withoutSecrets(_ url: String) -> String {
        let plain = url.prefix { $0 != "?" && $0 != "#" }
        guard let scheme = plain.range(of: "://") else { return String(plain.prefix { $0 != "@" }) }
        let rest = plain[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return "\(plain[..<scheme.upperBound])\(host)\(rest.dropFirst(authority.count))"
    }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            formIndex(after: &start)
        }
        return nil
    }
}
