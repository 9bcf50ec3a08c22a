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
        case user(USMSession<KeysCryptography>)
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
    package private(set) var requests = 0
    package private(set) var retransmissions = 0
    /// Answers that came too late, or twice.
    package private(set) var strays = 0
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
        (requests, retransmissions, strays, roundTrip) = (0, 0, 0, nil)
        self.patience = patience
    }

    /// Asks until there is an answer, as often as it was told.
    package mutating func ask(
        _ kind: PDU.Kind, _ oids: [OID], until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> PDU {
        for attempt in 1... {
            do throws(Failure) {
                return try await once(PDU(kind, requestID: 0, varBinds: oids.map { VarBind($0) }), until: deadline)
            } catch {
                guard case .silence = error, attempt < tries else { throw error }
                retransmissions += 1
            }
        }
        throw .silence
    }

    /// Reads subtrees, giving what comes to `take`; returns when all is read or given up, at the deadline or when the
    /// device refuses, with the reason.
    package mutating func walk(
        _ walk: inout Walk, until deadline: ContinuousClock.Instant, take: ([VarBind]) -> Void
    ) async -> Failure? {
        while let request = walk.request {
            let pdu =
                if let repetitions = request.repetitions {
                    PDU(.getBulk, requestID: 0, errorIndex: repetitions, varBinds: [VarBind(request.after)])
                } else {
                    PDU(.getNext, requestID: 0, varBinds: [VarBind(request.after)])
                }
            do throws(Failure) {
                let answer = try await once(pdu, until: deadline)
                if answer.errorStatus == 0 {
                    take(walk.take(answer.varBinds))
                } else {
                    walk.take(error: answer.errorStatus)
                }
            } catch {
                guard case .silence = error else { return error }
                retransmissions += 1
                // Answers that are only late want more patience, not fewer variables.
                walk.timedOut()
            }
        }
        return nil
    }

    private mutating func nextID() -> Int32 {
        lastID &+= 1
        return Int32(bitPattern: lastID & 0x7fff_ffff)
    }

    /// One exchange, or for SNMPv3 as many as it takes to be let in.
    private mutating func once(_ pdu: PDU, until deadline: ContinuousClock.Instant) async throws(Failure) -> PDU {
        switch security {
        case .community(let version, let community):
            var pdu = pdu
            pdu.requestID = nextID()
            let message = CommunityMessage(version: version, community: community, pdu: pdu)
            let bytes = try await exchange(message.bytes, key: MessageKey.of(requestID: pdu.requestID), until: deadline)
            do throws(BERProblem) {
                return try CommunityMessage(bytes).pdu
            } catch {
                throw .malformed("\(error)")
            }
        case .user(var session):
            defer { security = .user(session) }
            return try await once(pdu, &session, until: deadline)
        }
    }

    private mutating func once(
        _ pdu: PDU, _ session: inout USMSession<KeysCryptography>, until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> PDU {
        // Unknown engine, then outside the window: the third time it is let in, or never.
        for _ in 0..<4 {
            if !session.isReady { try await discover(&session, until: deadline) }
            var pdu = pdu
            pdu.requestID = nextID()
            let messageID = nextID()
            let message: [UInt8]
            do throws(CryptographyFailure) {
                message = try session.message(pdu, messageID: messageID, at: .now)
            } catch {
                throw .security(error.description)
            }
            let bytes = try await exchange(message, key: MessageKey.of(messageID: messageID), until: deadline)
            switch try Self.read(bytes, &session) {
            case .response(let answer):
                guard answer.kind == .response, answer.requestID == pdu.requestID else {
                    throw .malformed("an answer to another request")
                }
                return answer
            case .report(.timeWindow), .report(.engine): continue
            case .report(let report): throw .security(report.words)
            }
        }
        throw .security("the device keeps calling the time or the engine wrong")
    }

    private mutating func discover(
        _ session: inout USMSession<KeysCryptography>, until deadline: ContinuousClock.Instant
    ) async throws(Failure) {
        if session.engineID.isEmpty {
            let messageID = nextID()
            let bytes = try await exchange(
                session.discovery(messageID: messageID), key: MessageKey.of(messageID: messageID), until: deadline)
            _ = try Self.read(bytes, &session)
            guard !session.engineID.isEmpty else { throw .security("the device did not name its engine") }
        }
        do throws(CryptographyFailure) {
            session.setKeys(try await keyring.keys(for: session.user, at: session.engineID))
        } catch {
            throw .security(error.description)
        }
    }

    private static func read(
        _ bytes: [UInt8], _ session: inout USMSession<KeysCryptography>
    ) throws(Failure) -> USMSession<KeysCryptography>.Reply {
        do throws(USMSession<KeysCryptography>.Problem) {
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

    private mutating func exchange(
        _ payload: [UInt8], key: UInt64, until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> [UInt8] {
        let limit = ContinuousClock.now + patience
        requests += 1
        let result = await engine.exchange(
            UDPExchange(to: address, payload: payload, key: key, deadline: min(limit, deadline)))
        if result.late > 0 {
            strays += result.late
            patience = min(patience * 2, .seconds(10))
        }
        strays += result.duplicates
        switch result.ending {
        case .answered(let answer):
            if roundTrip == nil { roundTrip = answer.roundTrip }
            return answer.bytes
        case .timedOut: throw limit <= deadline ? .silence : .deadline
        case .refused(let fault): throw .refused(fault)
        case .cannotSend(let error): throw .cannotSend(error)
        case .cancelled: throw .cancelled
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
