import Courier
import Curl
import Notify
import TestSupport
import Testing
import Vocabulary

@Suite struct ChannelTests {
    private let sender: HTTPSender

    init() throws {
        sender = HTTPSender(engine: CurlEngine(), now: { Instant(seconds: 1_700_000_000) })
    }

    private func notification(_ id: Int64 = 7) -> Notification {
        Notification(
            id: id, alert: 3, kind: .problem, asset: "portal", site: "",
            check: CheckName(asset: "portal", part: "http"),
            outcome: .down(Reason("connection-refused", step: "connect")), since: Instant(seconds: 1_700_000_000),
            resolved: nil, isRepeated: false, subject: "Hỏng: portal http", text: "Hỏng\n")
    }

    /// A real nginx that answers every POST with one status.
    private func delivery(from answer: String) async throws -> Delivery {
        let nginx = try Nginx(in: try TemporaryFolder(), "location / { \(answer) }")
        let channel = WebhookChannel(sender: sender, settings: .init(url: "http://127.0.0.1:\(nginx.port)/"))
        let delivery = await channel.send(notification())
        return withExtendedLifetime(nginx) { delivery }
    }

    @Test func twoHundredIsDelivered() async throws {
        #expect(try await delivery(from: "return 204;") == .delivered)
    }

    @Test(arguments: [404, 400, 301]) func whatNeedsAPersonIsNotTriedAgain(status: Int) async throws {
        #expect(try await delivery(from: "return \(status);") == .refused(problem: "the receiver said \(status)"))
    }

    @Test func aBusyReceiverIsTriedAgainWhenItSays() async throws {
        let answer = "add_header Retry-After 17 always; return 429;"
        #expect(
            try await delivery(from: answer) == .retry(problem: "the receiver said 429", after: .seconds(17)))
        #expect(try await delivery(from: "return 503;") == .retry(problem: "the receiver said 503", after: nil))
    }

    @Test func nobodyThereIsTriedAgain() async throws {
        let port = try Loopback.freePort()
        let channel = WebhookChannel(sender: sender, settings: .init(url: "http://127.0.0.1:\(port)/"))
        guard case .retry = await channel.send(notification()) else {
            Issue.record("a refused connection may get better")
            return
        }
    }

    @Test(arguments: [
        (TransferError.Kind.loginRefused, false), (.noEncryption, false), (.timedOut, true), (.unconnected, true),
        (.mailRefused, true),
    ])
    func aMailIsTriedAgainWhenThatCanHelp(kind: TransferError.Kind, again: Bool) {
        let delivery = MailChannel.judge(TransferError(kind, message: "no"))
        if case .retry = delivery { #expect(again) } else { #expect(!again) }
    }
}
