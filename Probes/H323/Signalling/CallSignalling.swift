/// The messages that are sent to a device on its call signalling port (H.225.0, 7.3), each a whole TPKT.
package enum CallSignalling {
    /// What belongs to one question: a call that does not exist, under names that nobody else uses.
    package struct Marks: Hashable, Sendable {
        /// From 1 to 0x7fff (Q.931, 4.3).
        package var reference: UInt16
        /// 16 bytes.
        package var conference: [UInt8]
        package var call: [UInt8]

        package init(reference: UInt16, conference: [UInt8], call: [UInt8]) {
            self.reference = reference & 0x7fff
            self.conference = Self.sixteen(conference)
            self.call = Self.sixteen(call)
        }

        package init() {
            var random = SystemRandomNumberGenerator()
            let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            self.init(
                reference: .random(in: 1...0x7fff, using: &random), conference: Array(bytes.prefix(16)),
                call: Array(bytes.suffix(16)))
        }

        private static func sixteen(_ bytes: [UInt8]) -> [UInt8] {
            Array(bytes.prefix(16)) + [UInt8](repeating: 0, count: max(0, 16 - bytes.count))
        }
    }

    /// `{itu-t (0) recommendation (0) h (8) 2250 version (0) 5}` with its length.
    static let protocolIdentifier: [UInt8] = [0x06, 0x00, 0x08, 0x91, 0x4a, 0x00, 0x05]
    /// The extensions of H323-UU-PDU, of which h245Tunnelling alone is there, and false.
    private static let withoutTunnelling: [UInt8] = [0x10, 0x80, 0x01, 0x00]

    /// STATUS ENQUIRY (H.225.0, 7.3.15) about a call that is not there: an answer, or none, and nothing rings.
    package static func statusEnquiry(_ marks: Marks) -> [UInt8] {
        var body: [UInt8] = [0x28, 0x30, 0x19, 0x00] + protocolIdentifier
        body += [0x00] + marks.call + withoutTunnelling
        return packet(0x75, marks, [], body)
    }

    /// SETUP (H.225.0, 7.3.10) of a call from us at this address, without fast start, tunnelling or media.
    package static func setup(_ marks: Marks, localAddress: [UInt8], localPort: UInt16) -> [UInt8] {
        let name = "haidang"
        var elements: [UInt8] = [0x04, 0x03, 0x88, 0x90, 0xa5]
        elements += [0x28, UInt8(name.utf8.count + 1)] + Array(name.utf8) + [0x00]
        // sourceAddress: one h323-ID.
        var body: [UInt8] = [0x20, 0xa0] + protocolIdentifier
        body += [0x01, 0x40, UInt8(name.utf16.count - 1)] + name.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        // sourceInfo: a terminal; create, point to point.
        body += [0x02, 0x00] + marks.conference
        body += [0x00, 0xdd, 0x0d, 0x80, 0x00, 0x00, 0x07, 0x00]
        body += localAddress.prefix(4) + [UInt8(localPort >> 8), UInt8(localPort & 0xff)]
        body += [0x11, 0x00] + marks.call
        // mediaWaitForConnect, canOverlapSend, multipleCalls, maintainConnection: none of them.
        body += [0x01, 0x00, 0x01, 0x00, 0x01, 0x00, 0x01, 0x00] + withoutTunnelling
        return packet(0x05, marks, elements, body)
    }

    /// RELEASE COMPLETE (H.225.0, 7.3.9): cause 16, normal; no reason of H.225.0's own.
    package static func releaseComplete(_ marks: Marks) -> [UInt8] {
        var body: [UInt8] = [0x25, 0xc0] + protocolIdentifier
        body += [0x58, 0xa8, 0x00, 0x11, 0x00] + marks.call + withoutTunnelling
        return packet(0x5a, marks, [0x08, 0x02, 0x80, 0x90], body)
    }

    private static func packet(_ type: UInt8, _ marks: Marks, _ elements: [UInt8], _ body: [UInt8]) -> [UInt8] {
        let user = body.count + 1
        var message: [UInt8] = [0x08, 0x02, UInt8(marks.reference >> 8), UInt8(marks.reference & 0xff), type]
        message += elements + [0x7e, UInt8(user >> 8), UInt8(user & 0xff), 0x05] + body
        let length = message.count + 4
        return [0x03, 0x00, UInt8(length >> 8), UInt8(length & 0xff)] + message
    }
}
