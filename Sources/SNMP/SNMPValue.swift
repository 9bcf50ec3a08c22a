/// The value of a variable (RFC 2578 §7.1, RFC 3416 §3).
package enum SNMPValue: Hashable, Sendable {
    /// INTEGER, Integer32: wider ones, which some agents send, are kept as they are.
    case integer(Int64)
    case octets([UInt8])
    case null
    case oid(OID)
    /// Host byte order: 192.0.2.7 is 0xc0000207.
    case ipAddress(UInt32)
    case counter32(UInt32)
    /// Gauge32 and Unsigned32, which are one on the wire.
    case gauge32(UInt32)
    /// Hundredths of a second.
    case timeTicks(UInt32)
    case counter64(UInt64)
    /// Opaque without a known meaning; with one it is `float` or `double`.
    case opaque([UInt8])
    /// Opaque Float and Double of the net-snmp tools (draft-perkins-opaque-01).
    case float(Float)
    case double(Double)
    case noSuchObject
    case noSuchInstance
    case endOfMibView

    /// Whether a variable is there: neither an exception nor NULL.
    package var isPresent: Bool {
        switch self {
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: false
        default: true
        }
    }

    /// The number of an integer, counter, gauge, time or float; nil for a float that is none, or infinite.
    package var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .counter32(let value), .gauge32(let value), .timeTicks(let value): Double(value)
        case .counter64(let value): Double(value)
        case .float(let value): value.isFinite ? Double(value) : nil
        case .double(let value): value.isFinite ? value : nil
        default: nil
        }
    }

    /// The whole number of an integer, counter, gauge or time, as far as an `Int64` holds it.
    package var whole: Int64? {
        switch self {
        case .integer(let value): value
        case .counter32(let value), .gauge32(let value), .timeTicks(let value): Int64(value)
        case .counter64(let value): Int64(exactly: value)
        default: nil
        }
    }
}

/// A variable: its name and what an agent says of it.
package struct VarBind: Hashable, Sendable {
    package var oid: OID
    package var value: SNMPValue

    package init(_ oid: OID, _ value: SNMPValue = .null) {
        self.oid = oid
        self.value = value
    }
}
