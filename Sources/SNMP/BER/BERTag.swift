/// The tags of SNMP (RFC 1157, RFC 2578, RFC 3416, RFC 3412).
package enum BERTag {
    package static let integer: UInt8 = 0x02
    package static let octets: UInt8 = 0x04
    package static let null: UInt8 = 0x05
    package static let oid: UInt8 = 0x06
    package static let sequence: UInt8 = 0x30
    package static let ipAddress: UInt8 = 0x40
    package static let counter32: UInt8 = 0x41
    package static let gauge32: UInt8 = 0x42
    package static let timeTicks: UInt8 = 0x43
    package static let opaque: UInt8 = 0x44
    package static let counter64: UInt8 = 0x46
    package static let noSuchObject: UInt8 = 0x80
    package static let noSuchInstance: UInt8 = 0x81
    package static let endOfMibView: UInt8 = 0x82
}
