package import Vocabulary

/// A packet of the Network Time Protocol, version 3 or 4, without extensions (RFC 5905, 7.3).
package struct NTPPacket: Hashable, Sendable {
    /// Why bytes are no packet.
    package enum Unusable: Error, Hashable, Sendable {
        case short(Int)
        /// A version other than 1 to 4, or not from a server.
        case other(version: UInt8, mode: UInt8)
    }

    /// 3: the server's clock is not synchronised; 1 and 2 announce a leap second.
    package var leap: UInt8
    package var version: UInt8
    /// 0: the server refuses, and its reference identifier is a code such as `RATE` (RFC 5905, 7.4).
    package var stratum: UInt8
    /// Seconds there and back to the reference clock, and how far it may be wrong.
    package var rootDelay: Double
    package var rootDispersion: Double
    package var reference: UInt32
    /// What the request bore in its transmit timestamp.
    package var originate: UInt64
    package var receive: UInt64
    package var transmit: UInt64

    package static let length = 48

    /// Takes an answer of a server (mode 4); what follows the 48 bytes is passed over.
    package init(_ bytes: [UInt8]) throws(Unusable) {
        guard bytes.count >= Self.length else { throw .short(bytes.count) }
        let (version, mode) = (bytes[0] >> 3 & 7, bytes[0] & 7)
        guard mode == 4, (1...4).contains(version) else { throw .other(version: version, mode: mode) }
        self.version = version
        leap = bytes[0] >> 6
        stratum = bytes[1]
        rootDelay = Double(Int32(bitPattern: Self.word(bytes, 4))) / 65_536
        rootDispersion = Double(Self.word(bytes, 8)) / 65_536
        reference = Self.word(bytes, 12)
        originate = Self.timestamp(bytes, 24)
        receive = Self.timestamp(bytes, 32)
        transmit = Self.timestamp(bytes, 40)
    }

    /// A client's request. Its transmit timestamp says nothing of this machine's clock: it is chance, known again in the
    /// answer, which nobody who did not see the request can make up.
    package static func request(nonce: UInt64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: length)
        bytes[0] = 4 << 3 | 3
        for index in 0..<8 { bytes[40 + index] = UInt8(truncatingIfNeeded: nonce >> (56 - 8 * UInt64(index))) }
        return bytes
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        bytes[place..<(place + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func timestamp(_ bytes: [UInt8], _ place: Int) -> UInt64 {
        bytes[place..<(place + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Seconds from a wall clock's reading to a timestamp. Timestamps come round every 136 years: the nearer one is meant.
    package static func seconds(from instant: Instant, to timestamp: UInt64) -> Double {
        // From 1900 to 1970, and microseconds to 2⁻³² seconds.
        let seconds = UInt64(bitPattern: (instant.microseconds.dividedFloor(by: 1_000_000)) &+ 2_208_988_800)
        let fraction = UInt64(instant.microseconds - instant.microseconds.dividedFloor(by: 1_000_000) * 1_000_000)
        let own = seconds << 32 | (fraction << 32) / 1_000_000
        return Double(Int64(bitPattern: timestamp &- own)) / 4_294_967_296
    }

    /// The reference as people read it: a code of a clock or of a refusal; at higher strata an IPv4 address or a digest.
    package var referenceText: String {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: reference >> (24 - 8 * $0)) }
        guard stratum > 1 else {
            return String(decoding: bytes.prefix { $0 > 0x20 && $0 < 0x7f }, as: UTF8.self)
        }
        return bytes.map(String.init).joined(separator: ".")
    }
}

extension Int64 {
    fileprivate func dividedFloor(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
