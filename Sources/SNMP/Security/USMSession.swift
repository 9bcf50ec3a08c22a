/// One user at one engine: discovers it, writes its requests and reads its answers (RFC 3414 §3, RFC 3412 §7).
///
/// It knows no socket and no clock. After `report(.timeWindow)` or `report(.engine)` it has learned what it lacked, and
/// the same request made anew gets through.
package struct USMSession: Sendable {
    /// Why the engine did not carry out a request (RFC 3414 §5, RFC 3412 §5).
    package enum Report: Hashable, Sendable {
        case securityLevel
        case timeWindow
        case user
        case engine
        case digest
        case decryption
        case context
        case other(OID)
    }

    package enum Reply: Hashable, Sendable {
        case response(PDU)
        case report(Report)
    }

    package enum Problem: Error, Hashable, Sendable {
        case malformed(BERProblem)
        /// The HMAC is another one: the answer was altered, or made with other keys.
        case wrongDigest
        /// Older than the time window allows.
        case replayed
        /// From another engine, for another user, or less protected than the request.
        case unexpected
        case cryptography(CryptographyFailure)
    }

    package let user: USMUser
    package let context: [UInt8]
    /// Empty until the engine is discovered.
    package private(set) var engineID: [UInt8]
    private var authenticator: (any Authenticator)?
    private var cipher: (any SymmetricCipher)?
    /// What DES mixes into each salt (RFC 3414 §8.1.1.1).
    private var preVector: [UInt8] = []
    private var clock: USMClock?
    private var salt: UInt64
    private let library: any Cryptography

    /// `salt`: where the counter of salts begins, drawn at random for each session.
    package init(user: USMUser, context: [UInt8], salt: UInt64, _ library: any Cryptography) {
        self.user = user
        self.context = context
        self.salt = salt
        self.library = library
        engineID = []
    }

    package var isReady: Bool { !engineID.isEmpty && (user.authentication == nil || authenticator != nil) }

    /// The keys of the engine that was discovered, derived outside because that takes milliseconds.
    package mutating func setKeys(_ keys: USMKeys) throws(CryptographyFailure) {
        guard let authentication = user.authentication else { return }
        // All of them or none: a session with half of them would be ready.
        let made = try library.authenticator(authentication.hash, key: keys.authentication)
        if let privacy = user.privacy {
            let isDES = privacy.cipher == .des
            cipher = try library.cipher(privacy.cipher, key: isDES ? Array(keys.privacy.prefix(8)) : keys.privacy)
            preVector = isDES ? Array(keys.privacy.dropFirst(8)) : []
        }
        authenticator = made
    }

    /// Forgets the engine, to look for it anew.
    package mutating func forget() {
        engineID = []
        dropKeys()
        clock = nil
    }

    private mutating func dropKeys() {
        authenticator = nil
        cipher = nil
    }

    /// RFC 3414 §4: an unauthenticated request to nobody, which every engine answers with its identity.
    package func discovery(messageID: Int32) -> [UInt8] {
        let pdu = PDU(.get, requestID: messageID)
        return USMMessage(
            messageID: messageID, flags: .reportable, engineID: [], boots: 0, time: 0, user: [],
            payload: .plain(ScopedPDU(engineID: [], context: [], pdu: pdu))
        ).encoded().bytes
    }

    /// The message that carries the PDU, protected as the user is.
    package mutating func message(
        _ pdu: PDU, messageID: Int32, at now: ContinuousClock.Instant
    ) throws(CryptographyFailure) -> [UInt8] {
        var flags: USMMessage.Flags = .reportable
        let scoped = ScopedPDU(engineID: engineID, context: context, pdu: pdu)
        let (boots, time) = clock?.estimate(at: now) ?? (0, 0)
        var message = USMMessage(
            messageID: messageID, flags: flags, engineID: engineID, boots: boots, time: time, user: user.name,
            payload: .plain(scoped))
        guard let authentication = user.authentication else { return message.encoded().bytes }
        // Whoever asks before there are keys must not ask in the clear instead.
        guard let authenticator else { throw Self.lackOfKeys }
        flags.insert(.authenticated)
        if let privacy = user.privacy {
            guard let cipher else { throw Self.lackOfKeys }
            flags.insert(.enciphered)
            salt &+= 1
            message.salt = saltBytes(for: privacy.cipher, boots: boots)
            let vector = initialVector(salt: message.salt, boots: boots, time: time, privacy.cipher)
            var plain = scoped.bytes
            if privacy.cipher == .des {
                plain += [UInt8](repeating: 0, count: (8 - plain.count % 8) % 8)
            }
            message.payload = .encrypted(try cipher.encrypt(plain, initialVector: vector))
        }
        message.flags = flags
        message.code = [UInt8](repeating: 0, count: authentication.hash.codeLength)
        var (bytes, start) = message.encoded()
        let code = try authenticator.code(of: bytes, blank: 0..<0)
        for (place, byte) in zip(start..., code.prefix(message.code.count)) { bytes[place] = byte }
        return bytes
    }

    private static let lackOfKeys = CryptographyFailure("there are no keys for this engine")

    /// Reads an answer; whether its message id and request id are those of the request is the caller's to see.
    package mutating func read(
        _ bytes: [UInt8], at now: ContinuousClock.Instant
    ) throws(Problem) -> Reply {
        let message: USMMessage
        do throws(BERProblem) {
            message = try USMMessage(bytes)
        } catch {
            throw .malformed(error)
        }
        if case .plain(let scoped) = message.payload, scoped.pdu.kind == .report,
            !message.flags.contains(.authenticated)
        {
            return .report(learn(from: scoped.pdu, in: message, at: now))
        }
        guard message.engineID == engineID, message.user == user.name else { throw .unexpected }
        if let authentication = user.authentication {
            guard message.flags.contains(.authenticated) else { throw .unexpected }
            try verify(message, bytes, by: authentication.hash)
            let isTimely = take(message, at: now)
            let scoped = try scopedPDU(of: message)
            if scoped.pdu.kind == .report { return .report(Self.report(in: scoped.pdu)) }
            guard isTimely else { throw .replayed }
            return .response(scoped.pdu)
        }
        return .response(try scopedPDU(of: message).pdu)
    }

    /// What an unauthenticated report may teach: an engine when there is none yet, never another than the known one's
    /// clock once that was authenticated.
    private mutating func learn(
        from pdu: PDU, in message: USMMessage, at now: ContinuousClock.Instant
    ) -> Report {
        let report = Self.report(in: pdu)
        if report == .engine, engineID != message.engineID, (5...32).contains(message.engineID.count) {
            engineID = message.engineID
            dropKeys()
            clock = USMClock(boots: message.boots, time: message.time, at: now)
        }
        return report
    }

    private mutating func take(_ message: USMMessage, at now: ContinuousClock.Instant) -> Bool {
        guard var clock else {
            clock = USMClock(boots: message.boots, time: message.time, at: now)
            return true
        }
        let isTimely = clock.take(boots: message.boots, time: message.time, at: now)
        self.clock = clock
        return isTimely
    }

    private func verify(
        _ message: USMMessage, _ bytes: [UInt8], by hash: AuthenticationHash
    ) throws(Problem) {
        let end = message.codeStart + message.code.count
        guard message.code.count == hash.codeLength, end <= bytes.count else { throw .wrongDigest }
        // Nothing is asked before there are keys; what comes all the same was not asked for.
        guard let authenticator else { throw .unexpected }
        let code: [UInt8]
        do throws(CryptographyFailure) {
            code = try authenticator.code(of: bytes, blank: message.codeStart..<end)
        } catch {
            throw .cryptography(error)
        }
        guard library.areEqual(Array(code.prefix(hash.codeLength)), message.code) else { throw .wrongDigest }
    }

    private func scopedPDU(of message: USMMessage) throws(Problem) -> ScopedPDU {
        switch (message.payload, user.authentication == nil ? nil : user.privacy) {
        // A report may come in the clear although the request did not (RFC 3412 §7.1.3).
        case (.plain(let scoped), let privacy):
            guard privacy == nil || scoped.pdu.kind == .report else { throw .unexpected }
            return scoped
        case (.encrypted(let bytes), let privacy?):
            guard let cipher else { throw .unexpected }
            guard message.salt.count == 8, privacy.cipher != .des || bytes.count.isMultiple(of: 8) else {
                throw .malformed(.contents)
            }
            let vector = initialVector(
                salt: message.salt, boots: message.boots, time: message.time, privacy.cipher)
            do throws(CryptographyFailure) {
                return try Self.scoped(try cipher.decrypt(bytes, initialVector: vector))
            } catch {
                throw .cryptography(error)
            }
        case (.encrypted, nil):
            throw .unexpected
        }
    }

    private static func scoped(_ plain: [UInt8]) throws(CryptographyFailure) -> ScopedPDU {
        do throws(BERProblem) {
            return try BERReader.reading(plain) { reader throws(BERProblem) in try ScopedPDU(reading: &reader) }
        } catch {
            throw CryptographyFailure("what was deciphered is no PDU: the privacy key is another one")
        }
    }

    /// RFC 3414 §8.1.1.1: boots and a counter for DES. RFC 3826 §3.1.2.1: 64 bits that never repeat for AES.
    private func saltBytes(for cipher: PrivacyCipher, boots: Int32) -> [UInt8] {
        let bits =
            cipher == .des
            ? UInt64(UInt32(bitPattern: boots)) << 32 | salt & 0xffff_ffff : salt
        return (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
    }

    private func initialVector(salt: [UInt8], boots: Int32, time: Int32, _ cipher: PrivacyCipher) -> [UInt8] {
        guard cipher != .des else {
            return zip(preVector, salt).map { $0 ^ $1 }
        }
        let clock = UInt64(UInt32(bitPattern: boots)) << 32 | UInt64(UInt32(bitPattern: time))
        return (0..<8).map { UInt8(truncatingIfNeeded: clock >> UInt64(56 - 8 * $0)) } + salt
    }

    /// The counters of usmStats (1.3.6.1.6.3.15.1.1) and of snmpMPDStats and snmpTargetMIB.
    private static func report(in pdu: PDU) -> Report {
        guard let oid = pdu.varBinds.first?.oid else { return .other([]) }
        if let arc = oid.suffix(below: [1, 3, 6, 1, 6, 3, 15, 1, 1])?.first {
            switch arc {
            case 1: return .securityLevel
            case 2: return .timeWindow
            case 3: return .user
            case 4: return .engine
            case 5: return .digest
            case 6: return .decryption
            default: return .other(oid)
            }
        }
        // snmpUnavailableContexts and snmpUnknownContexts.
        return oid.isWithin([1, 3, 6, 1, 6, 3, 12, 1]) ? .context : .other(oid)
    }
}
