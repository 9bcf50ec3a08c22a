import Courier
import Foundation
import Testing
import Vocabulary

@Suite struct WebhookBodyTests {
    private let hostile = "\"},{\\\"x\":\u{0}\n\t\u{301}\u{2028}</b>&\u{7f}đ🏮"

    private func read(_ notification: Courier.Notification) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(WebhookBody.encoded(notification)))
        return try #require(object as? [String: Any])
    }

    @Test func saysAllAndNoNameBreaksOut() throws {
        let notification = Courier.Notification(
            id: 1_795_595_957_123_456, incident: 4, alert: 3, kind: .recovery, asset: hostile, site: hostile,
            check: CheckName(asset: "portal", part: "http"),
            outcome: .down(Reason("refused", step: hostile, expected: "200", got: hostile)),
            since: Instant(seconds: 1_700_000_000), resolved: Instant(seconds: 1_700_000_060), cause: "site",
            affected: [hostile, "b"], unaffected: ["c"], quiet: [], isRepeated: true, subject: hostile, text: hostile)
        let body = try read(notification)
        #expect(body["id"] as? Int64 == 1_795_595_957_123_456)
        #expect(body["asset"] as? String == hostile && body["text"] as? String == hostile)
        #expect(body["affected"] as? [String] == [hostile, "b"] && body["quiet"] as? [String] == [])
        #expect(body["check"] as? String == "portal/http" && body["kind"] as? String == "recovery")
        #expect(body["since"] as? String == "2023-11-14T22:13:20.000Z")
        #expect(body["resolved"] as? String == "2023-11-14T22:14:20.000Z")
        #expect(body["repeated"] as? Bool == true && body["state"] as? String == "up")
        #expect((body["reason"] as? [String: String])?["got"] == hostile)
        #expect(body.count == 18)
    }

    @Test func whatThereIsNothingToSayOfIsLeftOut() throws {
        let body = try read(
            Courier.Notification(
                id: 1, alert: 0, kind: .test, asset: "a", site: "", check: nil, outcome: .up,
                since: Instant(seconds: 0), resolved: nil, isRepeated: false, subject: "s", text: "t"))
        #expect(body["check"] == nil && body["reason"] == nil && body["resolved"] == nil)
        #expect(body.count == 15)
    }
}
