package import Keys
package import SIPSettings
package import Vocabulary

/// One run as a value: which request comes first, and what a final response leads to. It knows neither socket nor clock.
///
/// At most three requests: the first, one with the answered challenge, and one more when that was only stale. A
/// password that was refused is not sent again.
package struct SIPConversation: Sendable {
    package enum Step: Hashable, Sendable {
        /// Ask again, with `request`.
        case ask
        case end(Outcome)
    }

    private let settings: SIPSettings
    private let login: SIPLogin?
    private let uri: String
    private let to: String
    /// The login was refused lately; it is kept back.
    private let withholdsLogin: Bool
    private var marks: SIPMarks
    private var sequence = 0
    private var challenges: [DigestChallenge] = []
    private var wasStale = false
    /// Whether the last response refused the login; the next run then keeps it back.
    package private(set) var wasLoginRefused = false
    /// For `--explain`: what was said, without what a password could be guessed from.
    package private(set) var trace: [SIPEvent] = []

    /// `host` is the target's, as a URI writes it; `port` is nil where it is the usual one.
    package init(
        _ settings: SIPSettings, login: SIPLogin? = nil, host: String, port: UInt16?, withholdsLogin: Bool = false,
        marks: SIPMarks
    ) {
        self.settings = settings
        self.login = login
        self.withholdsLogin = withholdsLogin
        self.marks = marks
        let place = settings.domain.isEmpty ? host + (port.map { ":\($0)" } ?? "") : Self.bracketed(settings.domain)
        let address = settings.user.isEmpty ? "sip:\(place)" : "sip:\(settings.user)@\(place)"
        to = address
        uri = settings.method == .register ? "sip:\(place)" : address
    }

    /// A host as a URI writes it: IPv6 in brackets (RFC 3261, 19.1.1).
    package static func bracketed(_ host: String) -> String {
        host.contains(":") ? "[\(host)]" : host
    }

    /// What the request under way is known by.
    package var key: UInt64 { marks.key }

    /// The next request; `localHost` and `localPort` are where its answer is to come to.
    package mutating func request(localHost: String, localPort: UInt16) throws(KeysError) -> [UInt8] {
        if sequence > 0 { marks = marks.next() }
        sequence += 1
        var request = SIPRequest(
            method: settings.method, transport: settings.transport, uri: uri, to: to, localHost: localHost,
            localPort: localPort, marks: marks, sequence: sequence)
        if let login, !challenges.isEmpty {
            var fields: [String] = []
            for challenge in challenges {
                let nonce = try Hex.encode(Random.bytes(8))
                fields.append(
                    try DigestAnswer.field(
                        to: challenge, login: login, method: settings.method.word, uri: uri, cnonce: nonce))
            }
            request.authorization = fields.joined(separator: "\r\n")
        }
        let bytes = request.bytes
        trace.append(
            .sent(settings.method, uri: uri, bytes: bytes.count, withLogin: request.authorization != nil))
        return bytes
    }

    /// Whether a response is to the request under way.
    package func isAnswer(_ response: SIPResponse) -> Bool {
        response.answers(branch: marks.branch.utf8, method: settings.method.word.utf8)
    }

    /// What a final response leads to.
    package mutating func take(_ response: SIPResponse) -> Step {
        trace.append(.received(response))
        let hadLogin = !challenges.isEmpty
        let verdict = SIPVerdict(settings, asked: to, hadLogin: hadLogin || withholdsLogin)
        guard login != nil else { return end(verdict, response) }
        switch response.status {
        case 401, 407:
            guard !withholdsLogin else {
                return .end(
                    verdict.outcome(status: response.status, phrase: response.phrase + ", as before; not tried again"))
            }
            guard let challenge = DigestChallenge.strongest(in: response) else { return .end(unsupported(response)) }
            return answer(challenge, verdict, response)
        case 403 where hadLogin:
            // The word of many registrars for a wrong password.
            wasLoginRefused = true
            return end(verdict, response)
        default:
            return end(verdict, response)
        }
    }

    private mutating func answer(
        _ challenge: DigestChallenge, _ verdict: SIPVerdict, _ response: SIPResponse
    ) -> Step {
        guard let earlier = challenges.firstIndex(where: { $0.isProxy == challenge.isProxy }) else {
            challenges.append(challenge)
            return .ask
        }
        guard challenge.isStale, !wasStale else {
            wasLoginRefused = true
            return .end(verdict.outcome(status: response.status, phrase: response.phrase))
        }
        wasStale = true
        challenges[earlier] = challenge
        return .ask
    }

    private func end(_ verdict: SIPVerdict, _ response: SIPResponse) -> Step {
        let outcome = verdict.outcome(status: response.status, phrase: response.phrase)
        guard outcome == .up, settings.method == .register, response.status < 300 else { return .end(outcome) }
        return .end(verdict.outcome(bindings: Binding.all(in: response)))
    }

    private func unsupported(_ response: SIPResponse) -> Outcome {
        let challenge = response.value(.wwwAuthenticate) ?? response.value(.proxyAuthenticate)
        let words = challenge.map { String($0.prefix(120)) } ?? "no challenge"
        return .unknown(
            Reason("login-unsupported", step: "response", expected: "a known kind of login", got: words))
    }

    package mutating func note(_ line: String) {
        trace.append(.note(line))
    }
}
