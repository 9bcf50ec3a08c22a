import Keys
import ProbeKit
import SIPProbe
import SIPSettings
import Sockets
import Vocabulary

enum SIPParsers {
    static let all = [
        Parser("response", response), Parser("stream", stream), Parser("conversation", conversation),
        Parser("digest", digest), Parser("product") { input in _ = Product(input.text()) },
    ]

    private static let fields: [SIPField] = [
        .allow, .callID, .contact, .contentLength, .cseq, .expires, .proxyAuthenticate, .retryAfter, .server,
        .userAgent, .via, .wwwAuthenticate,
    ]

    private static func response(_ input: inout Input) {
        let bytes = input.whole()
        let mark = SIPMarks.mark(in: bytes)
        guard let response = made({ () throws(SIPFault) in try SIPResponse(bytes) }) else { return }
        demand((100..<700).contains(response.status), "status \(response.status)")
        if let mark { demandSame(mark.isFinal, response.isFinal, "final for who waits and for who reads") }
        for text in [response.phrase] + fields.flatMap({ response.values($0) }) {
            demand(!text.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "a control character in \(text.debugDescription)")
        }
        _ = (response.branch, response.retryAfter, response.introduction, response.isFinal)
        demand(Binding.all(in: response).count <= 64, "too many bindings")
        _ = SIPJudgement.facts(of: response)
        guard let challenge = DigestChallenge.strongest(in: response) else { return }
        let login = SIPLogin(user: "u\"\\", password: "p")
        let field = made { () throws(KeysError) in
            try DigestAnswer.field(to: challenge, login: login, method: "OPTIONS", uri: "sip:a", cnonce: "1")
        }
        demand(field?.utf8.contains { $0 < 0x20 } == false, "a line of our own from the challenge: \(field ?? "none")")
    }

    private static func digest(_ input: inout Input) {
        let isProxy = input.flag()
        _ = DigestChallenge(input.text(), isProxy: isProxy)
    }

    private static func stream(_ input: inout Input) {
        let (whole, pieces) = input.pieces()
        let atOnce = items([whole])
        demandSame(items(pieces), atOnce, "in pieces and at once")
        for case .message(let bytes) in atOnce { _ = made { () throws(SIPFault) in try SIPResponse(bytes) } }
    }

    private static func items(_ pieces: [[UInt8]]) -> [SIPStream.Item] {
        var stream = SIPStream()
        var items: [SIPStream.Item] = []
        for piece in pieces {
            stream.take(piece)
            while let item = stream.next() { items.append(item) }
        }
        return items
    }

    /// Responses to a check with or without a login: each is judged, and the questions come to an end.
    private static func conversation(_ input: inout Input) {
        var values = ["user": "6001"]
        if input.flag() { values["method"] = "register" }
        if input.flag() { values["peer"] = "proxy" }
        if input.flag() { values["expect.bindings"] = "2" }
        let login = input.flag() ? SIPLogin(user: "u", password: "p") : nil
        let settings: SIPSettings = sound(values)
        var conversation = SIPConversation(
            settings, login: login, host: "a", port: nil, marks: SIPMarks(branch: 1, dialog: 2))
        var questions = 0
        while !input.isEmpty {
            guard let response = made({ () throws(SIPFault) in try SIPResponse(input.datagram()) }) else { continue }
            _ = conversation.isAnswer(response)
            guard case .end(let outcome) = conversation.take(response) else {
                questions += 1
                demand(questions <= 3, "asked \(questions) times")
                continue
            }
            let answer = SIPJudgement(settings: settings, now: Instant(seconds: 0)).answer(
                .success(SIPReply(response, outcome: outcome, elapsed: .milliseconds(1))), trace: conversation.trace)
            demandNumbers(answer.readings)
            _ = answer.trace
        }
    }
}
