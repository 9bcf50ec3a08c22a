/// A message of call signalling (Q.931 as H.225.0, 7 uses it): its type and the elements that a probe reads.
package struct Q931Message: Hashable, Sendable {
    /// H.225.0, table 4; the raw value is Q.931's message type.
    package enum Kind: UInt8, Sendable {
        case alerting = 0x01
        case callProceeding = 0x02
        case progress = 0x03
        case setup = 0x05
        case connect = 0x07
        case setupAcknowledge = 0x0d
        case releaseComplete = 0x5a
        case facility = 0x62
        case notify = 0x6e
        case statusEnquiry = 0x75
        case information = 0x7b
        case status = 0x7d
    }

    /// The message type as it came; `kind` is nil for one that H.225.0 does not use.
    package var type: UInt8
    package var kind: Kind? { Kind(rawValue: type) }
    /// Q.850's cause value, e.g. 16 for a normal end, 98 for a message that does not fit the call's state.
    package var cause: Int?
    /// Q.931's call state (4.5.7), 0 for none.
    package var callState: Int?
    /// What stands in the User-user element after its protocol discriminator: aligned PER.
    package var userInformation: [UInt8]?

    /// Reads what stands in a TPKT; nil when it is not Q.931. Elements that are cut short are passed over.
    package init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        // Protocol discriminator (Q.931, 4.2), length of the call reference and the reference (4.3), type (4.4).
        guard rest.popFirst() == 0x08, let length = rest.popFirst(), length & 0xf0 == 0,
            rest.count > Int(length)
        else { return nil }
        rest = rest.dropFirst(Int(length))
        guard let type = rest.popFirst(), type & 0x80 == 0 else { return nil }
        self.type = type
        while let identifier = rest.popFirst() {
            // An element of one byte (Q.931, 4.5.1).
            guard identifier & 0x80 == 0 else { continue }
            guard let value = Self.value(of: identifier, &rest) else { break }
            switch identifier {
            case 0x08: cause = Self.cause(value)
            case 0x14: callState = value.first.map { Int($0 & 0x3f) }
            case 0x7e where value.first == 0x05: userInformation = Array(value.dropFirst())
            default: break
            }
        }
    }

    /// User-user has two bytes of length here (H.225.0, 7.2.2.31), all others one.
    private static func value(of identifier: UInt8, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard var length = rest.popFirst().map(Int.init) else { return nil }
        if identifier == 0x7e {
            guard let low = rest.popFirst() else { return nil }
            length = length << 8 | Int(low)
        }
        guard rest.count >= length else { return nil }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }

    /// Coding standard and location, perhaps a recommendation, then the value (Q.850, 2.1).
    private static func cause(_ value: ArraySlice<UInt8>) -> Int? {
        value.dropFirst(value.first.map { $0 & 0x80 == 0 } == true ? 2 : 1).first.map { Int($0 & 0x7f) }
    }
}
