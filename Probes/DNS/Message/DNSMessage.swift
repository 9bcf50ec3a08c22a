package import DNSSettings

/// An answer of a name server, as far as the answer section goes (RFC 1035, 4.1).
package struct DNSMessage: Hashable, Sendable {
    /// What does not fit, and at which byte.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package var problem: String
        package var offset: Int

        package var description: String { "\(problem) at byte \(offset)" }
    }

    package var identifier: UInt16
    package var isAuthoritative: Bool
    /// It did not fit: to be asked for by TCP.
    package var isTruncated: Bool
    package var offersRecursion: Bool
    /// As the wire has it; 0 is NOERROR.
    package var code: UInt8
    package var answers: [DNSRecord]

    package init(_ bytes: [UInt8]) throws(Fault) {
        var reader = DNSReader(bytes)
        identifier = try reader.word()
        let flags = try reader.word()
        guard flags & 0x8000 != 0 else { throw Fault(problem: "a question", offset: 2) }
        isAuthoritative = flags & 0x0400 != 0
        isTruncated = flags & 0x0200 != 0
        offersRecursion = flags & 0x0080 != 0
        code = UInt8(flags & 15)
        let questions = try reader.word()
        let count = try reader.word()
        try reader.skip(4)
        for _ in 0..<questions {
            _ = try reader.name()
            try reader.skip(4)
        }
        answers = []
        for _ in 0..<count {
            // What was cut off may end within a record.
            do throws(Fault) {
                answers.append(try reader.record())
            } catch {
                guard isTruncated else { throw error }
                return
            }
        }
    }

    package var codeName: String { ResponseCode(rawValue: code)?.name ?? "code \(code)" }
}

/// A record of the answer section.
package struct DNSRecord: Hashable, Sendable {
    package var name: DNSName
    package var type: UInt16
    /// Seconds.
    package var life: UInt32
    /// As zone files have it (RFC 1035, 5.1), names in lower case; unknown types in hexadecimal (RFC 3597, 5).
    package var text: String
    /// Of an SOA record.
    package var serial: UInt32?

    package init(name: DNSName, type: UInt16, life: UInt32, text: String, serial: UInt32? = nil) {
        self.name = name
        self.type = type
        self.life = life
        self.text = text
        self.serial = serial
    }
}
