/// A message of SNMPv3 with the parameters of USM, before it is authenticated or deciphered (RFC 3412 §6, RFC 3414 §2.4).
package struct USMMessage: Hashable, Sendable {
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let authenticated = Flags(rawValue: 1)
        package static let enciphered = Flags(rawValue: 2)
        package static let reportable = Flags(rawValue: 4)
    }

    package enum Payload: Hashable, Sendable {
        case plain(ScopedPDU)
        case encrypted([UInt8])
    }

    package var messageID: Int32
    /// The longest message that the sender takes, bytes.
    package var maximumSize: Int32
    package var flags: Flags
    package var engineID: [UInt8]
    package var boots: Int32
    /// Seconds since the engine's last boot.
    package var time: Int32
    package var user: [UInt8]
    package var code: [UInt8]
    package var salt: [UInt8]
    package var payload: Payload
    /// Where the code stands in the bytes that this was read from.
    package private(set) var codeStart = 0

    package init(
        messageID: Int32, maximumSize: Int32 = 65_507, flags: Flags, engineID: [UInt8], boots: Int32, time: Int32,
        user: [UInt8], code: [UInt8] = [], salt: [UInt8] = [], payload: Payload
    ) {
        self.messageID = messageID
        self.maximumSize = maximumSize
        self.flags = flags
        self.engineID = engineID
        self.boots = boots
        self.time = time
        self.user = user
        self.code = code
        self.salt = salt
        self.payload = payload
    }

    package init(_ bytes: [UInt8]) throws(BERProblem) {
        self = try BERReader.reading(bytes) { outer throws(BERProblem) in try USMMessage(reading: &outer) }
    }

    private init(reading outer: inout BERReader) throws(BERProblem) {
        var reader = try outer.enter(BERTag.sequence)
        guard try reader.integer() == 3 else { throw .contents }
        var header = try reader.enter(BERTag.sequence)
        messageID = Int32(truncatingIfNeeded: try header.integer())
        maximumSize = Int32(truncatingIfNeeded: try header.integer())
        guard let bits = try header.octets().first else { throw .contents }
        flags = Flags(rawValue: bits)
        guard try header.integer() == 3 else { throw .contents }
        // The parameters are BER within an OCTET STRING: entered as if it were constructed, places stay absolute.
        var wrapper = try reader.enter(BERTag.octets)
        var parameters = try wrapper.enter(BERTag.sequence)
        engineID = try parameters.octets()
        boots = Int32(truncatingIfNeeded: try parameters.integer())
        time = Int32(truncatingIfNeeded: try parameters.integer())
        user = try parameters.octets()
        (code, codeStart) = try parameters.placedOctets()
        salt = try parameters.octets()
        if reader.nextTag == BERTag.octets {
            payload = .encrypted(try reader.octets())
        } else {
            payload = .plain(try ScopedPDU(reading: &reader))
        }
    }

    /// The message, and where in it the code stands.
    package func encoded() -> (bytes: [UInt8], codeStart: Int) {
        var writer = BERWriter()
        switch payload {
        case .plain(let scoped): scoped.write(to: &writer)
        case .encrypted(let bytes): writer.octets(bytes)
        }
        let parameters = writer.count
        writer.octets(salt)
        let codeEnd = writer.count
        writer.octets(code)
        writer.octets(user)
        writer.integer(Int64(time))
        writer.integer(Int64(boots))
        writer.octets(engineID)
        writer.wrap(BERTag.sequence, since: parameters)
        writer.wrap(BERTag.octets, since: parameters)
        writer.constructed(BERTag.sequence) { header in
            header.integer(3)
            header.octets([flags.rawValue])
            header.integer(Int64(maximumSize))
            header.integer(Int64(messageID))
        }
        writer.integer(3)
        writer.wrap(BERTag.sequence, since: 0)
        let bytes = writer.bytes
        return (bytes, bytes.count - codeEnd - code.count)
    }
}

/// A PDU with the context that it is about (RFC 3412 §6.8).
package struct ScopedPDU: Hashable, Sendable {
    package var engineID: [UInt8]
    package var context: [UInt8]
    package var pdu: PDU

    package init(engineID: [UInt8], context: [UInt8], pdu: PDU) {
        self.engineID = engineID
        self.context = context
        self.pdu = pdu
    }

    package init(reading reader: inout BERReader) throws(BERProblem) {
        var contents = try reader.enter(BERTag.sequence)
        engineID = try contents.octets()
        context = try contents.octets()
        pdu = try PDU(reading: &contents)
    }

    package func write(to writer: inout BERWriter) {
        let mark = writer.count
        pdu.write(to: &writer)
        writer.octets(context)
        writer.octets(engineID)
        writer.wrap(BERTag.sequence, since: mark)
    }

    package var bytes: [UInt8] {
        var writer = BERWriter()
        write(to: &writer)
        return writer.bytes
    }
}
