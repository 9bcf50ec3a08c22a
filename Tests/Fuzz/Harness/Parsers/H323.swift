import H323Probe
import H323Settings

enum H323Parsers {
    static let all = [
        Parser("tpkt", tpkt), Parser("h323-q931") { input in message(input.whole()) },
        Parser("h323-user-information") { input in information(input.whole()) }, Parser("h323-ras", ras),
        Parser("h323-per", per),
        Parser("h323-alias", alias),
    ]

    private static func tpkt(_ input: inout Input) {
        let (whole, pieces) = input.pieces()
        let atOnce = items([whole])
        demandSame(items(pieces), atOnce, "in pieces and at once")
        for case .message(let bytes) in atOnce { message(bytes) }
    }

    private static func items(_ pieces: [[UInt8]]) -> [TPKTStream.Item] {
        var stream = TPKTStream()
        var items: [TPKTStream.Item] = []
        for piece in pieces {
            stream.take(piece)
            while let item = stream.next() {
                items.append(item)
                if item == .rubbish { return items }
            }
        }
        return items
    }

    private static func message(_ bytes: [UInt8]) {
        guard let message = Q931Message(bytes) else { return }
        _ = H323Verdict.outcome(of: message, message.userInformation.flatMap(information))
    }

    @discardableResult
    private static func information(_ bytes: [UInt8]) -> UserInformation? {
        guard let information = made({ () throws(PERFault) in try UserInformation(bytes) }) else { return nil }
        if let reason = information.reason { demand(!reason.name.isEmpty, "a reason without a name") }
        judge(information.endpoint)
        return information
    }

    private static func judge(_ endpoint: EndpointType?) {
        for text in [endpoint?.product, endpoint?.version].compactMap({ $0 }) {
            demand(!text.isEmpty && !text.utf8.contains { $0 < 0x20 }, "\(text.debugDescription) is no name")
        }
        _ = endpoint?.manufacturer?.vendor(of: endpoint?.product)
    }

    private static func ras(_ input: inout Input) {
        let bytes = input.whole()
        let mark = RASReply.mark(in: bytes)
        guard let reply = made({ () throws(PERFault) in try RASReply(bytes) }) else { return }
        demand(mark != nil, "what can be read has no mark")
        _ = H323Verdict.outcome(of: reply, asking: nil)
        if case .locationConfirm(let address, let endpoint) = reply.kind {
            judge(endpoint)
            _ = address?.description
        }
    }

    /// What to read next is said by the bytes themselves, in turns.
    private static func per(_ input: inout Input) {
        let steps = input.bytes(Int(input.byte() & 31))
        var reader = PERReader(input.whole()[...])
        _ = made { () throws(PERFault) in
            for step in steps {
                switch step & 7 {
                case 0: _ = try reader.bits(Int(step >> 3))
                case 1: _ = try reader.octets(Int(step >> 3))
                case 2: _ = try reader.small()
                case 3: _ = try reader.openType()
                case 4: _ = try reader.extensions()
                case 5: _ = try reader.objectIdentifier()
                case 6: reader.align()
                default: _ = try reader.twoOctets()
                }
            }
        }
    }

    private static func alias(_ input: inout Input) {
        guard let alias = made({ () throws in try H323Alias(input.text()) }) else { return }
        let bytes = RASRequest.location(of: alias, number: 7, localAddress: [127, 0, 0, 1], localPort: 1719)
        demand(bytes.count < 400, "\(bytes.count) bytes for \(alias)")
    }
}
