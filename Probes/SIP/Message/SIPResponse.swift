/// A response (RFC 3261, 7.2): its status and the fields that a probe reads, as places in the bytes that came.
///
/// Reading is tolerant: folded lines, compact names, bare line feeds, blanks before the colon and a missing end are
/// taken as they are meant. No bytes make it trap, and its cost is linear in them.
package struct SIPResponse: Sendable {
    /// From 100 to 699.
    package let status: Int
    private let bytes: [UInt8]
    private let words: Range<Int>
    private let fields: [(name: SIPField, value: Range<Int>)]

    /// A datagram is at most this long.
    package static let sizeLimit = 65_535
    private static let fieldLimit = 512

    /// Reads one message: a datagram, or what `SIPStream` cut out of a connection.
    package init(_ bytes: [UInt8]) throws(SIPFault) {
        guard bytes.count <= Self.sizeLimit else { throw .tooLarge }
        var reader = HeadReader(bytes)
        guard let line = reader.statusLine(in: bytes) else {
            throw HeadReader.isRequest(bytes) ? .request : .notSIP
        }
        var fields: [(name: SIPField, value: Range<Int>)] = []
        fields.reserveCapacity(12)
        let isRead = bytes.withUnsafeBufferPointer { pointer in
            while let (name, value) = reader.field(in: pointer) {
                guard let field = SIPField(pointer[name]) else { continue }
                guard fields.count < Self.fieldLimit else { return false }
                fields.append((field, value))
            }
            return true
        }
        guard isRead else { throw .tooLarge }
        self.bytes = bytes
        status = line.status
        words = line.phrase
        self.fields = fields
    }

    package var isFinal: Bool { status >= 200 }

    /// The words after the status; often empty, and never to be relied on.
    package var reason: String { text(words) }

    /// As much of them as a message to people has room for.
    package var phrase: String { String(reason.prefix(80)) }

    /// What the other side says of itself, as bytes: who compares them with an earlier answer need not read them again.
    package var introduction: [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            switch field.name {
            case .userAgent, .server, .allow:
                // Which field it is, and where it ends, for bytes that cannot be in one.
                bytes.append(field.name == .userAgent ? 0 : field.name == .server ? 1 : 2)
                bytes.append(contentsOf: self.bytes[field.value])
                bytes.append(0x0a)
            default: break
            }
        }
        return bytes
    }

    /// The values of a field as they stand, without folds, each at most 1,024 bytes.
    package func values(_ field: SIPField) -> [String] {
        fields.filter { $0.name == field }.map { text($0.value) }
    }

    package func value(_ field: SIPField) -> String? {
        fields.first { $0.name == field }.map { text($0.value) }
    }

    /// The bytes of a field's first value, to compare or to read further.
    package func raw(_ field: SIPField) -> ArraySlice<UInt8>? {
        fields.first { $0.name == field }.map { bytes[$0.value] }
    }

    func raws(_ field: SIPField) -> [ArraySlice<UInt8>] {
        fields.filter { $0.name == field }.map { bytes[$0.value] }
    }

    /// The `branch` of the topmost Via: which transaction it answers (RFC 3261, 17.1.3).
    package var branch: ArraySlice<UInt8>? {
        raw(.via).flatMap { Parameters.value(of: "branch", in: $0) }
    }

    /// Whether it answers that request (RFC 3261, 17.1.3): the branch of the topmost Via and the method in CSeq.
    package func answers(branch wanted: some Collection<UInt8>, method: some Collection<UInt8>) -> Bool {
        guard let branch, branch.elementsEqual(wanted), let cseq = raw(.cseq) else { return false }
        let word = cseq.drop { $0 >= 0x30 && $0 <= 0x39 }.drop { $0 <= 0x20 }.prefix { $0 > 0x20 }
        return word.elementsEqual(method)
    }

    /// Seconds to wait before the next request (RFC 3261, 20.33).
    package var retryAfter: Int? { raw(.retryAfter).flatMap(Decimal.leading) }

    /// Text without what a terminal or a page could stumble over; a fold is one blank (RFC 3261, 7.3.1).
    private func text(_ range: Range<Int>) -> String {
        let value = bytes[range].prefix(1024)
        guard value.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return String(decoding: value, as: UTF8.self) }
        var plain: [UInt8] = []
        var isFold = false
        for byte in value {
            if byte < 0x20 || byte == 0x7f {
                isFold = true
            } else if isFold, byte == 0x20 {
                continue
            } else {
                if isFold { plain.append(0x20) }
                isFold = false
                plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}

/// Whole numbers in bytes.
enum Decimal {
    /// The digits at the beginning; nil when there are none or they are beyond a billion.
    static func leading(_ bytes: ArraySlice<UInt8>) -> Int? {
        var value: Int?
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { break }
            let next = (value ?? 0) * 10 + Int(byte - 0x30)
            guard next <= 1_000_000_000 else { return nil }
            value = next
        }
        return value
    }
}
