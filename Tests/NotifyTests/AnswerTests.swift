import Courier
import Curl
import Notify
import Testing
import Vocabulary

/// What each receiver's own way of saying no means for the message.
@Suite struct AnswerTests {
    enum Wanted: Sendable {
        case delivered
        case retry(Duration?)
        case refused
    }

    private let now = Instant(seconds: 1_700_000_000)

    private static func result(_ status: Int, _ body: String, _ headers: [Header] = []) -> TransferResult {
        var result = TransferResult()
        result.status = status
        result.headers = headers
        result.body = Array(body.utf8)
        return result
    }

    private func expect(_ delivery: Delivery, _ wanted: Wanted, says words: String = "") {
        switch (delivery, wanted) {
        case (.delivered, .delivered): break
        case (.retry(let problem, let after), .retry(let wish)):
            #expect(after == wish && problem.contains(words), "\(delivery)")
        case (.refused(let problem), .refused): #expect(problem.contains(words), "\(delivery)")
        default: Issue.record("\(delivery), not \(wanted)")
        }
    }

    @Test(arguments: [
        (200, #"{"ok":true,"result":{"message_id":1}}"#, Wanted.delivered, ""),
        (
            429,
            #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 34","parameters":{"retry_after":34}}"#,
            .retry(.seconds(34)), "retry after 34"
        ),
        (
            400, #"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#, .refused,
            "chat not found"
        ),
        (401, #"{"ok":false,"error_code":401,"description":"Unauthorized"}"#, .refused, "Unauthorized"),
        (403, #"{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"}"#, .refused, "kicked"),
        (
            400,
            #"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-1001}}"#,
            .refused, "the group's chat is now -1001"
        ),
        (500, #"{"ok":false,"error_code":500,"description":"Internal Server Error"}"#, .retry(nil), "Internal"),
        (502, "<html>Bad Gateway</html>", .retry(nil), "502"),
        (200, "<html>Sign in to the network</html>", .retry(nil), "not Telegram's"),
    ])
    func telegram(status: Int, body: String, wanted: Wanted, words: String) {
        expect(TelegramAnswer.judge(Self.result(status, body), at: now), wanted, says: words)
    }

    @Test(arguments: [
        (200, #"{"data":{"message_id":"m"},"error":0,"message":"Success"}"#, Wanted.delivered, ""),
        (200, #"{"error":-32,"message":"Your application reached limit call api"}"#, .retry(.seconds(60)), "limit"),
        (200, #"{"error":-200,"message":"Send message failed"}"#, .retry(nil), "-200"),
        (200, #"{"error":-213,"message":"User has not followed OA"}"#, .refused, "not followed"),
        (200, #"{"error":-216,"message":"Access token is invalid"}"#, .refused, "invalid"),
        (200, #"{"error":-211,"message":"Out of quota"}"#, .refused, "quota"),
        (200, #"{"error":-99999,"message":"what nobody has written down"}"#, .retry(nil), "nobody"),
        (503, "", .retry(nil), "503"),
        (200, "hello", .retry(nil), "not Zalo's"),
    ])
    func zalo(status: Int, body: String, wanted: Wanted, words: String) {
        expect(ZaloOAAnswer.judge(Self.result(status, body), at: now), wanted, says: words)
    }

    @Test func onlyARefusedTokenAsksForAnother() {
        #expect(ZaloOAAnswer.refusesToken(Self.result(200, #"{"error":-216}"#)))
        #expect(ZaloOAAnswer.refusesToken(Self.result(200, #"{"error":-220}"#)))
        #expect(ZaloOAAnswer.refusesToken(Self.result(401, "")))
        #expect(!ZaloOAAnswer.refusesToken(Self.result(200, #"{"error":-213}"#)))
        #expect(!ZaloOAAnswer.refusesToken(Self.result(200, "")))
    }

    @Test func aGatewayThatSaysYesToEverythingIsAskedForItsWord() {
        let yes = #""CodeResult":"100""#
        expect(SMSChannel.judge(Self.result(200, #"{"CodeResult":"100"}"#), success: yes, at: now), .delivered)
        expect(
            SMSChannel.judge(
                Self.result(200, #"{"CodeResult":"103","ErrorMessage":"no balance"}"#), success: yes, at: now),
            .retry(nil), says: "no balance")
        expect(SMSChannel.judge(Self.result(403, "bad key"), success: yes, at: now), .refused, says: "bad key")
        expect(SMSChannel.judge(Self.result(200, ""), success: nil, at: now), .delivered)
    }

    @Test(arguments: [
        ("17", Duration.seconds(17)), ("-3", .zero), ("999999999", .seconds(86_400)),
        ("Tue, 14 Nov 2023 22:14:00 GMT", .seconds(40)), ("Tue, 14 Nov 2023 22:13:00 GMT", .zero),
    ])
    func retryAfterIsSecondsOrADate(text: String, span: Duration) {
        #expect(RetryAfter.span(in: [Header("retry-after", text)], at: now) == span)
    }

    @Test func whatIsNeitherIsNoWish() {
        #expect(RetryAfter.span(in: [Header("Retry-After", "soon")], at: now) == nil)
        #expect(RetryAfter.span(in: [], at: now) == nil)
    }

    @Test func aRunOutCertificateIsRenewedAndAnUnknownAuthorityIsNot() {
        let judge = { (fault: Verification) in Delivery.judge(TransferError(.unverified(fault), message: "no")) }
        expect(judge(.expired), .retry(nil), says: "has expired")
        expect(judge(.notYetValid), .retry(nil), says: "not valid yet")
        expect(judge(.wrongName), .refused)
        expect(judge(.untrusted("self-signed")), .refused)
    }

    @Test func aMailServersFiveHundredsAreForGood() {
        let judge = { (reply: String) in
            MailChannel.judge(TransferError(.mailRefused, message: "RCPT failed; the server said: \(reply)"))
        }
        expect(judge("550 no such user"), .refused, says: "no such user")
        expect(judge("451 later"), .retry(nil), says: "later")
    }
}
