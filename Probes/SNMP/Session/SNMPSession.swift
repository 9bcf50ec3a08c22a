package import SNMP
package import Sockets

/// Questions to one device and its answers, through an engine that all devices share.
package struct SNMPSession: Sendable {
    /// Why a question has no answer.
    package enum Failure: Error, Hashable, Sendable {
        case silence
        case refused(ICMPFault)
        case cannotSend(SystemError)
        /// The deadline came before the patience was at its end.
        case deadline
        /// The answer is not SNMP as it should be.
        case malformed(String)
        /// SNMPv3 refused: what and why, in words.
        case security(String)
        case cancelled
    }

    private enum Security: Sendable {
        case community(CommunityMessage.Version, [UInt8])
        case user(USMSession)
    }

    private let engine: UDPEngine
    private let keyring: Keyring
    private let address: SocketAddress
    private var security: Security
    /// Drawn at random once, and counted up: a draw for each request would cost more than the request.
    private var lastID = UInt32.random(in: .min ... .max)
    /// How long to wait for one answer.
    package var patience: Duration
    private let tries: Int
    /// Of the question that was asked last.
    private var requestID: Int32 = 0
    /// Whether the deadline comes before the patience is at its end.
    private var isLast = false
    /// Whether SNMPv3 ever answered this user.
    private var wasLetIn = false
    /// How often in a row the device corrected us.
    private var corrections = 0
    package private(set) var requests = 0
    package private(set) var retransmissions = 0
    /// Answers that came too late, or twice.
    package private(set) var strays = 0
    /// What came from the device and is no SNMP message.
    private var unreadable = 0
    /// There and back, by the first answer that was asked for once.
    package private(set) var roundTrip: Duration?

    package init(
        _ engine: UDPEngine, _ keyring: Keyring, to address: SocketAddress, _ credentials: SNMPCredentials,
        patience: Duration, tries: Int
    ) {
        self.engine = engine
        self.keyring = keyring
        self.address = address
        self.patience = patience
        self.tries = max(1, tries)
        switch credentials {
        case .community(let version, let community): security = .community(version, community)
        case .user(let user, let context):
            security = .user(
                USMSession(user: user, context: context, salt: .random(in: .min ... .max), KeysCryptography()))
        }
    }

    /// Begins a run: counts anew, and is as patient as it was told.
    package mutating func begin(patience: Duration) {
        (requests, retransmissions, strays, unreadable, roundTrip) = (0, 0, 0, 0, nil)
        self.patience = patience
    }

    /// Asks until there is an answer, as often as it was told.
    package mutating func ask(
        _ kind: PDU.Kind, _ oids: [OID], until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> PDU {
        for attempt in 1... {
            do throws(Failure) {
                return try await once(PDU(kind, requestID: 0, varBinds: VarBindList(asking: oids)), until: deadline)
            } catch {
                guard case .silence = error else { throw error }
                guard attempt < tries else { throw silence() }
                retransmissions += 1
            }
        }
        throw .silence
    }

    /// What it means that nothing came that could be read.
    private mutating func silence() -> Failure {
        if unreadable > 0 { return .malformed("\(unreadable) datagrams that are no SNMP message") }
        guard case .user(var session) = security, !wasLetIn, session.isReady else { return .silence }
        // It has just said who it is. Many engines drop what they decipher to nonsense without a word.
        session.forget()
        security = .user(session)
        return session.user.privacy != nil
            ? .security("it says who it is, and nothing to enciphered questions: another privacy password or cipher")
            : .security("it says who it is, and nothing to this user's questions")
    }

    /// Reads subtrees; returns what came when all is read or given up, at the deadline or when the device refuses, with
    /// the reason.
    package mutating func walk(
        _ walk: inout Walk, until deadline: ContinuousClock.Instant
    ) async -> (found: VarBindList, failure: Failure?) {
        let talk = WalkTalk(WalkTalk.State(session: self, walk: walk, deadline: deadline))
        var failure: Failure?
        while failure == nil {
            if !isReady {
                do throws(Failure) {
                    try await discover(until: deadline)
                } catch {
                    failure = error
                    break
                }
                talk.resume(self)
            }
            guard let first = talk.begin() else { break }
            talk.end(await engine.converse(first) { talk.next($0) })
            (self, failure) = talk.taken
        }
        let state = talk.state
        (self, walk) = (state.session, state.walk)
        return (VarBindList(joining: state.parts), failure ?? state.failure)
    }

    private mutating func nextID() -> Int32 {
        lastID &+= 1
        return Int32(bitPattern: lastID & 0x7fff_ffff)
    }

    /// False when SNMPv3 has yet to learn whom it talks to.
    var isReady: Bool {
        switch security {
        case .community: true
        case .user(let session): session.isReady
        }
    }

    /// What an answer means to whoever asked.
    enum Understood {
        case answer(PDU)
        /// The device corrected our idea of its clock or its engine: ask again.
        case again
    }

    private mutating func once(_ pdu: PDU, until deadline: ContinuousClock.Instant) async throws(Failure) -> PDU {
        while true {
            if !isReady { try await discover(until: deadline) }
            let result = await engine.exchange(try exchange(pdu, until: deadline))
            if case .answer(let answer) = try understand(result) { return answer }
        }
    }

    /// The datagram that asks, under a number of its own.
    mutating func exchange(_ pdu: PDU, until deadline: ContinuousClock.Instant) throws(Failure) -> UDPExchange {
        var pdu = pdu
        pdu.requestID = nextID()
        requestID = pdu.requestID
        switch security {
        case .community(let version, let community):
            let message = CommunityMessage(version: version, community: community, pdu: pdu)
            return exchange(message.bytes, key: MessageKey.of(requestID: pdu.requestID), until: deadline)
        case .user(var session):
            let messageID = nextID()
            do throws(CryptographyFailure) {
                let message = try session.message(pdu, messageID: messageID, at: .now)
                security = .user(session)
                return exchange(message, key: MessageKey.of(messageID: messageID), until: deadline)
            } catch {
                throw .security(error.description)
            }
        }
    }

    private mutating func exchange(
        _ payload: [UInt8], key: UInt64, until deadline: ContinuousClock.Instant
    ) -> UDPExchange {
        requests += 1
        let limit = ContinuousClock.now + patience
        isLast = limit > deadline
        return UDPExchange(to: address, payload: payload, key: key, deadline: min(limit, deadline))
    }

    /// What came of the exchange that was made last.
    mutating func understand(_ result: UDPResult) throws(Failure) -> Understood {
        let bytes = try bytes(of: result)
        guard case .user(var session) = security else {
            do throws(BERProblem) {
                return .answer(try CommunityMessage(bytes).pdu)
            } catch {
                throw .malformed("\(error)")
            }
        }
        defer { security = .user(session) }
        switch try Self.read(bytes, &session) {
        case .response(let answer):
            guard answer.kind == .response, answer.requestID == requestID else {
                throw .malformed("an answer to another request")
            }
            corrections = 0
            wasLetIn = true
            return .answer(answer)
        case .report(.timeWindow), .report(.engine):
            // Unknown engine, then outside the window: the third time it is let in, or never.
            corrections += 1
            guard corrections < 4 else { throw .security("the device keeps calling the time or the engine wrong") }
            return .again
        case .report(let report): throw .security(report.words)
        }
    }

    private mutating func bytes(of result: UDPResult) throws(Failure) -> [UInt8] {
        if result.late > 0 {
            strays += result.late
            patience = min(patience * 2, .seconds(10))
        }
        strays += result.duplicates
        unreadable += result.unreadable
        switch result.ending {
        case .answered(let answer):
            if roundTrip == nil { roundTrip = answer.roundTrip }
            return answer.bytes
        case .timedOut: throw isLast ? .deadline : .silence
        case .refused(let fault): throw .refused(fault)
        case .cannotSend(let error): throw .cannotSend(error)
        case .cancelled: throw .cancelled
        }
    }

    /// Learns who the device's engine is, and the keys for it.
    mutating func discover(until deadline: ContinuousClock.Instant) async throws(Failure) {
        guard case .user(var session) = security else { return }
        defer { security = .user(session) }
        if session.engineID.isEmpty {
            let messageID = nextID()
            let result = await engine.exchange(
                exchange(
                    session.discovery(messageID: messageID), key: MessageKey.of(messageID: messageID), until: deadline))
            _ = try Self.read(try bytes(of: result), &session)
            guard !session.engineID.isEmpty else { throw .security("the device did not name its engine") }
        }
        do throws(CryptographyFailure) {
            try session.setKeys(try await keyring.keys(for: session.user, at: session.engineID))
        } catch {
            throw .security(error.description)
        }
    }

    mutating func askedAgain() {
        retransmissions += 1
    }

    private static func read(
        _ bytes: [UInt8], _ session: inout USMSession
    ) throws(Failure) -> USMSession.Reply {
        do throws(USMSession.Problem) {
            return try session.read(bytes, at: .now)
        } catch {
            switch error {
            case .malformed(let problem): throw .malformed("\(problem)")
            case .wrongDigest: throw .security("the answer's digest is wrong")
            case .replayed: throw .security("the answer is older than the time window allows")
            case .unexpected: throw .security("the answer is another user's, another engine's or less protected")
            case .cryptography(let failure): throw .security(failure.description)
            }
        }
    }
}

extension USMSession.Report {
    /// What the device's refusal means to the person who set the check up.
    fileprivate var words: String {
        switch self {
        case .securityLevel: "the user may not ask with this level of security (usmStatsUnsupportedSecLevels)"
        case .timeWindow: "outside the time window (usmStatsNotInTimeWindows)"
        case .user: "no such user (usmStatsUnknownUserNames)"
        case .engine: "another engine (usmStatsUnknownEngineIDs)"
        case .digest: "wrong authentication password or hash (usmStatsWrongDigests)"
        case .decryption: "wrong privacy password or cipher (usmStatsDecryptionErrors)"
        case .context: "no such context (snmpUnknownContexts)"
        case .other(let oid): "report \(oid)"
        }
    }
}
