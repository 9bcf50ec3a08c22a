/// What an answer is known by before anything else of it is read: the request id of SNMPv1 and v2c, the message id of v3.
package enum MessageKey {
    package static func of(requestID: Int32) -> UInt64 { UInt64(UInt32(bitPattern: requestID)) }
    package static func of(messageID: Int32) -> UInt64 { UInt64(UInt32(bitPattern: messageID)) | 1 << 32 }

    /// The key of a received message; nil when it is neither a response nor an SNMPv3 message.
    package static func read(_ bytes: [UInt8]) -> UInt64? {
        do throws(BERProblem) {
            return try BERReader.reading(bytes) { outer throws(BERProblem) -> UInt64? in
                var reader = try outer.enter(BERTag.sequence)
                switch try reader.integer() {
                case 0, 1:
                    _ = try reader.any()
                    var pdu = try reader.enter(PDU.Kind.response.rawValue)
                    return of(requestID: Int32(truncatingIfNeeded: try pdu.integer()))
                case 3:
                    var header = try reader.enter(BERTag.sequence)
                    return of(messageID: Int32(truncatingIfNeeded: try header.integer()))
                default:
                    return nil
                }
            }
        } catch {
            return nil
        }
    }
}
