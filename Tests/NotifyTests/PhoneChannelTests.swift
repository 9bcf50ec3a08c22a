import Courier
import Curl
import Foundation
import Notify
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// What goes out to Telegram, Zalo and a gateway, and what their answers come to; a real nginx answers for them.
@Suite struct PhoneChannelTests {
    private let sender: HTTPSender
    private let notification = Courier.Notification(
        id: 7, alert: 3, kind: .problem, asset: "portal", site: "", check: nil, outcome: .up,
        since: Instant(seconds: 1_700_000_000), resolved: nil, isRepeated: false, subject: "Hỏng: portal",
        text: "Hỏng: portal\n")

    init() throws {
        sender = HTTPSender(engine: CurlEngine(), now: { Instant(seconds: 1_700_000_000) })
    }

    /// Answers POSTs of whatever body with a fixed one.
    private func nginx(_ locations: String) throws -> Nginx {
        try Nginx(in: try TemporaryFolder(), "underscores_in_headers on; default_type application/json; \(locations)")
    }

    private func telegram(_ nginx: Nginx, token: String) -> TelegramChannel {
        TelegramChannel(
            sender: sender, settings: .init(chat: "-1", secret: "bot", server: "http://127.0.0.1:\(nginx.port)"),
            token: token)
    }

    @Test func theBotsTokenStandsInThePath() async throws {
        let nginx = try nginx(
            #"location = /bot12:aB-_/sendMessage { return 200 '{"ok":true}'; } location / { return 404 '{"ok":false,"error_code":404,"description":"Not Found"}'; }"#
        )
        #expect(await telegram(nginx, token: "12:aB-_").send(notification) == .delivered)
        #expect(
            await telegram(nginx, token: "13").send(notification) == .refused(problem: "Telegram said 404: Not Found"))
        let broken = await telegram(nginx, token: "12/../x?y").send(notification)
        #expect(broken == .refused(problem: "the secret bot holds no token of a bot"))
        withExtendedLifetime(nginx) {}
    }

    /// Secrets in memory, with what was written to them.
    private final class Box: Sendable {
        let values = Mutex(["key": "app-key", "refresh": "first"])

        var safe: ZaloTokens.Safe {
            .init(
                read: { name in self.values.withLock { $0[name] } ?? "" },
                write: { name, value in self.values.withLock { $0[name] = value } })
        }
    }

    private func zalo(_ nginx: Nginx, _ box: Box) -> ZaloOAChannel {
        let server = "http://127.0.0.1:\(nginx.port)"
        return ZaloOAChannel(
            sender: sender,
            settings: .init(to: .user("u"), app: "1", secret: "key", token: "refresh", server: server, login: server),
            tokens: ZaloTokens(sender: sender, safe: box.safe))
    }

    private static let login = """
        location = /v4/oa/access_token {
            if ($http_secret_key != 'app-key') { return 200 '{"error":-14004,"error_description":"Invalid secret key"}'; }
            return 200 '{"access_token":"A","refresh_token":"second","expires_in":"90000"}';
        }
        """

    @Test func aRefreshTokenIsTradedAndItsSuccessorKept() async throws {
        let nginx = try nginx(
            Self.login
                + #" location = /v3.0/oa/message/cs { if ($http_access_token = 'A') { return 200 '{"error":0}'; } return 200 '{"error":-216,"message":"Access token is invalid"}'; }"#
        )
        let box = Box()
        #expect(await zalo(nginx, box).send(notification) == .delivered)
        #expect(box.values.withLock { $0["refresh"] } == "second")
        withExtendedLifetime(nginx) {}
    }

    @Test func aTokenThatIsRefusedTwiceNeedsAPerson() async throws {
        let nginx = try nginx(
            Self.login
                + #" location = /v3.0/oa/message/cs { return 200 '{"error":-216,"message":"Access token is invalid"}'; }"#
        )
        #expect(
            await zalo(nginx, Box()).send(notification) == .refused(problem: "Zalo said -216: Access token is invalid"))
        withExtendedLifetime(nginx) {}
    }

    @Test func whoIsLetInNoMoreIsToldWhatToDo() async throws {
        let nginx = try nginx(Self.login)
        let box = Box()
        box.values.withLock { $0["key"] = "wrong" }
        guard case .refused(let problem) = await zalo(nginx, box).send(notification) else {
            Issue.record("a wrong key is for good")
            return
        }
        #expect(problem.contains("Invalid secret key") && problem.contains("set the secret refresh"))
        #expect(box.values.withLock { $0["refresh"] } == "first")
        withExtendedLifetime(nginx) {}
    }

    @Test func manySendersTradeTheTokenOnce() async throws {
        let nginx = try nginx(
            Self.login + #" access_log log.txt; location = /v3.0/oa/message/cs { return 200 '{"error":0}'; }"#)
        let channel = zalo(nginx, Box())
        let deliveries = await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { await channel.send(notification) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(deliveries == Array(repeating: .delivered, count: 8))
        let log = String(decoding: try nginx.folder.bytes(of: "log.txt"), as: UTF8.self)
        #expect(log.split(separator: "\n").filter { $0.contains("access_token") }.count == 1, "\(log)")
    }

    /// What became of a login that never answers.
    private final class Hung: Sendable {
        let hasEnded = Mutex(false)
    }

    @Test func anAccountWhoseLoginHangsHoldsUpNoOther() async throws {
        let nginx = try nginx(Self.login + #" location = /v3.0/oa/message/cs { return 200 '{"error":0}'; }"#)
        let silent = try Loopback()
        let (asked, asking) = AsyncStream<Void>.makeStream()
        let box = Box()
        let tokens = ZaloTokens(
            sender: sender,
            safe: .init(
                read: { name in
                    if name == "silent" { asking.yield() }
                    return try await box.safe.read(name)
                }, write: box.safe.write))
        let channel = { @Sendable (token: String, port: UInt16) in
            let server = "http://127.0.0.1:\(port)"
            return ZaloOAChannel(
                sender: sender,
                settings: .init(to: .user("u"), app: "1", secret: "key", token: token, server: server, login: server),
                tokens: tokens)
        }
        let hung = Hung()
        await withTaskGroup { group in
            group.addTask {
                _ = await channel("silent", silent.port).send(notification)
                hung.hasEnded.withLock { $0 = true }
            }
            for await _ in asked { break }
            let delivery = await channel("refresh", nginx.port).send(notification)
            #expect(delivery == .delivered && !hung.hasEnded.withLock { $0 })
            group.cancelAll()
        }
        withExtendedLifetime((nginx, silent)) {}
    }

    @Test func aGatewayGetsTheTextEscapedForItsURL() async throws {
        let nginx = try nginx(
            #"location = /send { if ($args = 'k=a%26b%20%22&to=%2B84&text=Hong%3A%20portal%2005%3A13%2015%2F11') { return 200 'OK 1'; } return 400 'what?'; }"#
        )
        let channel = SMSChannel(
            sender: sender,
            settings: .init(
                url: "http://127.0.0.1:\(nginx.port)/send?k={{secret}}&to={{to}}&text={{text}}", to: "+84",
                secret: "key", success: "OK"),
            credentials: .init(secret: "a&b \""))
        #expect(await channel.send(notification) == .delivered)
        withExtendedLifetime(nginx) {}
    }
}
