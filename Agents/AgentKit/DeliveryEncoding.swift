internal import Spool
internal import SwiftProtobuf
internal import Wire

/// The bytes of a `ProtoDelivery`.
///
/// Reports are put behind the rest by hand, as field 3 with its tag and length: protobuf lets a repeated field follow
/// at the end, and a batch of megabytes is then copied once instead of three times.
func encodedDelivery(stream: UInt64, reports: [SpooledReport], presence: ProtoPresence) throws -> [UInt8] {
    var message = ProtoDelivery()
    message.version = Limits.version
    message.stream = stream
    message.presence = presence
    var bytes: [UInt8] = try message.serializedBytes()
    bytes.reserveCapacity(bytes.count + reports.reduce(0) { $0 + $1.body.count + 32 })
    for report in reports {
        // SealedReport: field 1, varint; field 2, bytes.
        var head: [UInt8] = [0x08]
        head.appendVarint(report.sequence)
        head.append(0x12)
        head.appendVarint(UInt64(report.body.count))
        bytes.append(0x1a)
        bytes.appendVarint(UInt64(head.count + report.body.count))
        bytes += head
        bytes += report.body
    }
    return bytes
}

extension [UInt8] {
    fileprivate mutating func appendVarint(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}
