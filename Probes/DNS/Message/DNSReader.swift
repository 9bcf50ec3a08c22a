import DNSSettings

/// Walks through the bytes of a message once; names may point back into what was read (RFC 1035, 4.1.4).
struct DNSReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func fault(_ problem: String) -> DNSMessage.Fault { DNSMessage.Fault(problem: problem, offset: place) }

    mutating func byte() throws(DNSMessage.Fault) -> UInt8 {
        guard place < bytes.count else { throw fault("it ends") }
        defer { place += 1 }
        return bytes[place]
    }

    mutating func word() throws(DNSMessage.Fault) -> UInt16 {
        let high = try byte()
        return UInt16(high) << 8 | UInt16(try byte())
    }

    mutating func long() throws(DNSMessage.Fault) -> UInt32 {
        let high = try word()
        return UInt32(high) << 16 | UInt32(try word())
    }

    mutating func skip(_ count: Int) throws(DNSMessage.Fault) {
        guard count <= bytes.count - place else { throw fault("it ends") }
        place += count
    }

    private mutating func take(_ count: Int) throws(DNSMessage.Fault) -> [UInt8] {
        let start = place
        try skip(count)
        return Array(bytes[start..<place])
    }

    /// Pointers lead back only, so that none can lead in a circle.
    mutating func name() throws(DNSMessage.Fault) -> DNSName {
        var labels: [[UInt8]] = []
        var length = 1
        var end: Int?
        var earliest = place
        while true {
            let count = try byte()
            switch count {
            case 0:
                if let end { place = end }
                return DNSName(labels: labels)
            case 1..<64:
                length += Int(count) + 1
                guard length <= 255 else { throw fault("a name beyond 255 bytes") }
                labels.append(try take(Int(count)))
            case 192...:
                let target = Int(count & 63) << 8 | Int(try byte())
                if end == nil { end = place }
                guard target < earliest else { throw fault("a pointer that does not lead back") }
                earliest = target
                place = target
            default: throw fault("a label of unknown kind")
            }
        }
    }

    mutating func record() throws(DNSMessage.Fault) -> DNSRecord {
        let name = try name()
        let type = try word()
        try skip(2)
        let life = try long()
        let count = Int(try word())
        let end = place + count
        guard end <= bytes.count else { throw fault("it ends within a record") }
        var record = DNSRecord(name: name, type: type, life: life, text: "")
        switch RecordType(rawValue: type) {
        case .a where count == 4: record.text = try take(4).map(String.init).joined(separator: ".")
        case .aaaa where count == 16: record.text = Self.ipv6(try take(16))
        case .ns, .cname, .ptr: record.text = try self.name().description
        case .mx: record.text = "\(try word()) \(try self.name())"
        case .srv: record.text = "\(try word()) \(try word()) \(try word()) \(try self.name())"
        case .soa:
            let names = "\(try self.name()) \(try self.name())"
            let serial = try long()
            record.serial = serial
            record.text = "\(names) \(serial) \(try long()) \(try long()) \(try long()) \(try long())"
        case .txt:
            var parts: [UInt8] = []
            while place < end { parts += try take(Int(try byte())) }
            record.text = Self.quoted(parts)
        case .caa:
            let flags = try byte()
            let tag = try take(Int(try byte()))
            guard place <= end else { throw fault("a tag beyond its record") }
            record.text = "\(flags) \(String(decoding: tag, as: UTF8.self)) \(Self.quoted(try take(end - place)))"
        default:
            let digits = try take(count).map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }
            record.text = "\\# \(count) \(digits.joined())"
        }
        guard place == end else { throw fault("a record that is not as long as it says") }
        return record
    }

    private static func quoted(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// RFC 5952: lower case, without leading zeros, the longest run of zeros left out.
    private static func ipv6(_ bytes: [UInt8]) -> String {
        let words = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        var (best, start) = (0..<0, 0)
        while start < 8 {
            let end = words[start...].firstIndex { $0 != 0 } ?? 8
            if end - start > max(1, best.count) { best = start..<end }
            start = max(end, start + 1)
        }
        let texts = words.map { String($0, radix: 16) }
        guard !best.isEmpty else { return texts.joined(separator: ":") }
        return texts[..<best.lowerBound].joined(separator: ":") + "::"
            + texts[best.upperBound...].joined(separator: ":")
    }
}
