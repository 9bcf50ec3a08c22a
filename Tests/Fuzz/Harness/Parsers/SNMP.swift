import SNMP
import Sockets

/// Messages, security and walks, without a socket.
enum SNMPParsers {
    static let all = [
        Parser("message", message), Parser("usm", usm), Parser("session", session), Parser("walk", walk),
        Parser("oid", oid),
    ]

    private static func message(_ input: inout Input) {
        let bytes = input.whole()
        let key = MessageKey.read(bytes)
        guard let message = made({ () throws(BERProblem) in try CommunityMessage(bytes) }) else { return }
        if message.pdu.kind == .response {
            demandSame(key, MessageKey.of(requestID: message.pdu.requestID), "the key is the request's")
        }
        let written = message.bytes
        let again = made { () throws(BERProblem) in try CommunityMessage(written).bytes }
        demandSame(written, again, "what is written is read as the same message")
    }

    private static func usm(_ input: inout Input) {
        let bytes = input.whole()
        let key = MessageKey.read(bytes)
        guard let message = made({ () throws(BERProblem) in try USMMessage(bytes) }) else { return }
        demandSame(key, MessageKey.of(messageID: message.messageID), "the key is the message's")
        demandSame(
            Array(bytes[message.codeStart..<message.codeStart + message.code.count]), message.code,
            "the code stands where it is said to stand")
        let (written, start) = message.encoded()
        let again = made { () throws(BERProblem) in try USMMessage(written) }
        demandSame(
            again?.codeStart, message.code.isEmpty ? again?.codeStart : start, "the code is where it was written")
        demandSame(again?.encoded().bytes, written, "what is written is read as the same message")
    }

    /// Several datagrams to a session that has keys, behind a cipher that changes nothing and a code that always fits.
    private static func session(_ input: inout Input) {
        let ciphers: [PrivacyCipher?] = [nil] + PrivacyCipher.allCases
        let hash = input.choice(of: AuthenticationHash.allCases)
        let isAuthenticated = input.flag()
        let cipher = input.choice(of: ciphers)
        let user = USMUser(
            name: Array("u".utf8), authentication: isAuthenticated ? .init(hash, password: [1]) : nil,
            privacy: cipher.map { .init($0, password: [2]) })
        var session = USMSession(user: user, context: [], salt: 7, Glass())
        var now = ContinuousClock.Instant.now
        for _ in 0..<16 where !input.isEmpty {
            now += .seconds(Int(input.byte()))
            let reply = made { () throws(USMSession.Problem) in try session.read(input.datagram(), at: now) }
            if case .report(.engine)? = reply {
                _ = made { () throws(CryptographyFailure) in
                    try session.setKeys(
                        USMKeys(
                            authentication: [UInt8](repeating: 3, count: hash.length),
                            privacy: [UInt8](repeating: 4, count: cipher?.keyLength ?? 0)))
                }
            }
            guard session.isReady else { continue }
            let sent = made { () throws(CryptographyFailure) in
                try session.message(PDU(.get, requestID: 1, varBinds: [VarBind([1, 3])]), messageID: 2, at: now)
            }
            let read = sent.flatMap { bytes in made { () throws(BERProblem) in try USMMessage(bytes) } }
            demandSame(read?.messageID, 2, "what is asked can be read")
        }
    }

    /// A device that answers a walk with whatever comes: it ends all the same, soon after the device falls silent.
    private static func walk(_ input: inout Input) {
        let roots: [OID] = (0...Int(input.byte() & 3)).map { _ in [1, 3, 6, UInt32(input.byte() & 15)] }
        var walk = Walk(roots, bulk: input.flag(), limit: 500)
        var questions = 0
        var found = 0
        let enough = 4 * input.count + 200
        while let request = walk.request {
            questions += 1
            demand(questions <= enough, "asked \(questions) times for \(roots)")
            guard !input.isEmpty else {
                walk.timedOut()
                continue
            }
            switch input.byte() {
            case 0...15: walk.timedOut()
            case let byte where byte < 32: walk.take(error: Int32(byte & 31))
            case let byte:
                let binds = (0..<Int(byte & 31)).map { _ in bind(near: request, &input) }
                let taken = walk.take(VarBindList(binds))
                found += taken.count
                for bind in taken {
                    demand(roots.contains { bind.oid.isWithin($0) }, "\(bind.oid) is in none of the subtrees")
                }
            }
        }
        demandSame(walk.count, found, "counted is what was brought")
        demand(found < 500 + 32, "\(found) variables are more than the limit")
    }

    private static func bind(near request: Walk.Request, _ input: inout Input) -> VarBind {
        let base = request.places.first ?? request.after
        let kept = base.arcs.prefix(Int(input.byte() & 7))
        let arcs = (0..<Int(input.byte() & 3)).map { _ in UInt32(input.byte()) }
        return VarBind(OID(Array(kept) + arcs), input.byte() < 16 ? .endOfMibView : .integer(1))
    }

    private static func oid(_ input: inout Input) {
        guard let oid = OID(input.text()) else { return }
        demandSame(OID(oid.description), oid, "an OID is read as it is written")
        if let next = oid.next {
            demand(oid < next && !next.isWithin(oid), "\(next) comes after \(oid) and its subtree")
        }
    }
}

/// A stand-in for a cryptographic library that lets everything through, so that what lies behind it is reached.
struct Glass: Cryptography {
    func hash(_ bytes: [UInt8], by hash: AuthenticationHash) throws(CryptographyFailure) -> [UInt8] {
        [UInt8](repeating: 5, count: hash.length)
    }

    func authenticator(
        _ hash: AuthenticationHash, key: [UInt8]
    ) throws(CryptographyFailure) -> any Authenticator { GlassAuthenticator(length: hash.length) }

    func cipher(
        _ cipher: PrivacyCipher, key: [UInt8]
    ) throws(CryptographyFailure) -> any SymmetricCipher { GlassCipher() }

    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { left.count == right.count }
}

private struct GlassAuthenticator: Authenticator {
    let length: Int

    func code(of bytes: [UInt8], blank: Range<Int>) throws(CryptographyFailure) -> [UInt8] {
        // What is blanked lies within the message, or whoever asks for it would read beside it.
        demand(blank.lowerBound >= 0 && blank.upperBound <= bytes.count, "\(blank) of \(bytes.count) bytes")
        return [UInt8](repeating: 6, count: length)
    }
}

private struct GlassCipher: SymmetricCipher {
    func encrypt(_ bytes: [UInt8], initialVector: [UInt8]) throws(CryptographyFailure) -> [UInt8] { bytes }
    func decrypt(_ bytes: [UInt8], initialVector: [UInt8]) throws(CryptographyFailure) -> [UInt8] { bytes }
}
