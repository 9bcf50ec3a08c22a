import Courier
import Curl
import ExecProbe
import Foundation
import HTTPProbe
import HTTPSettings
import Notify
import ProbeKit
import TLS
import TLSProbe
import TLSSettings
import Vocabulary

/// What servers answer by HTTP, and the certificates that they show.
enum AnswerParsers {
    static let all = [
        Parser("head", head), Parser("certificate", certificate), Parser("retry-after", retryAfter),
        Parser("words") { input in
            let words = AnswerWords.line(input.text())
            demand(words.count <= 201 && !words.utf8.contains { $0 < 0x20 }, words.debugDescription)
        },
        Parser("telegram") { input in _ = TelegramAnswer.judge(result(&input), at: now) },
        Parser("zalo") { input in
            let result = result(&input)
            _ = (ZaloOAAnswer.judge(result, at: now), ZaloOAAnswer.refusesToken(result))
        },
        Parser("zalo-token") { input in
            let settings = ChannelSettings.ZaloOA(to: .user("1"), app: "a", secret: "s", token: "t")
            let result = result(&input)
            _ = made { () throws(ZaloTokenFailure) in try ZaloTokenAnswer.read(result, at: now, settings).lifetime }
        },
        Parser("judgement", judgement), Parser("starttls", startTLS), Parser("plug-in", plugin),
    ]

    private static let now = Instant(seconds: 1_800_000_000)

    private static func head(_ input: inout Input) {
        var head = AnswerHead()
        for line in input.whole().split(separator: 10, omittingEmptySubsequences: false) {
            head.take(line: line + [10])
        }
        let size = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        // Bytes that are no text become three.
        demand(size <= 3 * 64 << 10, "\(size) bytes of headers")
        for header in head.headers { demand(!header.name.isEmpty, "a header without a name") }
        _ = RetryAfter.span(in: head.headers, at: now)
    }

    private static func certificate(_ input: inout Input) {
        guard let certificate = PeerCertificate(der: input.whole()) else { return }
        for moment in [certificate.notBefore, certificate.notAfter].compactMap({ $0 }) {
            demand(moment.description.hasSuffix("Z"), "\(moment)")
        }
    }

    private static func retryAfter(_ input: inout Input) {
        let text = input.text()
        let span = RetryAfter.span(in: [Header("Retry-After", text)], at: now)
        if let span { demand(span >= .zero && span <= .seconds(86_400), "\(text.debugDescription) is \(span)") }
        if let date = Instant(httpDate: text), date.seconds >= 0 { _ = date.mailDate }
    }

    private static func result(_ input: inout Input) -> TransferResult {
        var result = TransferResult()
        result.status = Int(input.number(as: UInt16.self))
        let wish = input.word()
        if !wish.isEmpty { result.headers = [Header("Retry-After", wish), Header("Content-Type", "application/json")] }
        result.body = input.whole()
        result.bodySize = result.body.count
        return result
    }

    private static func startTLS(_ input: inout Input) {
        let way = input.choice(of: StartTLS.allCases)
        var (whole, cut) = (StartTLSDialogue(way), StartTLSDialogue(way))
        _ = (whole.begin(), cut.begin())
        let (bytes, pieces) = input.pieces()
        // What follows an answer in one piece is a fault, and in the next none: only the traps count.
        _ = whole.take(bytes)
        for piece in pieces { _ = cut.take(piece) }
    }

    private static func plugin(_ input: inout Input) {
        let output = PluginOutput(input.whole())
        demand(
            output.summary.utf8.count <= PluginOutput.longestSummary, "a summary of \(output.summary.utf8.count) bytes")
        demandNumbers(output.values.compactMap(\.reading))
        if let range = AlertRange(Array(output.summary.utf8)) {
            _ = (range.alerts(on: 1), range.wanted(instead: 1, unit: "s"))
        }
    }

    private static func judgement(_ input: inout Input) {
        let values = [
            "expect.body": "well", "expect.body.absent": "ill", "expect.header.Server": "/^x/", "slow": "1s",
            "expect.json.a[0].b": ">= 1", "expect.json.c": "/^d/",
        ]
        let settings: HTTPSettings = sound(values)
        var found = TransferResult()
        found.certificate = PeerCertificate()
        found.certificate?.notAfter = Instant(seconds: Int64(input.number(as: Int32.self)) * 100)
        found.headers = [Header("Server", input.word())]
        let body = result(&input)
        (found.status, found.body, found.bodySize) = (body.status, body.body, body.bodySize)
        let answer = Judgement(settings: settings, now: now).answer(.success(found))
        demandNumbers(answer.readings)
        _ = answer.trace
    }
}
