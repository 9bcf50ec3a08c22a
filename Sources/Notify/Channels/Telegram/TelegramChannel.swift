package import Curl
import Foundation
package import Vocabulary

/// Writes into a chat of Telegram as a bot: `sendMessage` of the Bot API, plain text, so that no name is markup.
package struct TelegramChannel: Channel {
    /// The Bot API's own limit, in UTF-16 code units.
    private static let limit = 4096

    private struct Body: Encodable {
        struct Preview: Encodable {
            var isDisabled = true
        }

        var chatId: String
        var messageThreadId: Int64?
        var text: String
        var linkPreviewOptions = Preview()
    }

    private let engine: CurlEngine
    private let settings: ChannelSettings.Telegram
    private let token: String
    private let tls: TLSOptions
    private let now: @Sendable () -> Instant

    /// `token` is the bot's own, opened.
    package init(
        engine: CurlEngine, settings: ChannelSettings.Telegram, token: String, tls: TLSOptions = TLSOptions(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.engine = engine
        self.settings = settings
        self.token = token
        self.tls = tls
        self.now = now
    }

    package func send(_ notification: Notification) async -> Delivery {
        // It stands in the path: anything else than what Telegram gives out would lead elsewhere.
        guard !token.isEmpty, token.utf8.allSatisfy(Self.isOfToken) else {
            return .refused(problem: "the secret \(settings.secret) holds no token of a bot")
        }
        let body: Data
        do {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            body = try encoder.encode(
                Body(
                    chatId: settings.chat, messageThreadId: settings.topic,
                    text: notification.markedText.cut(toUTF16: Self.limit)))
        } catch {
            return .refused(problem: "\(error)")
        }
        var transfer = Transfer(
            "\(settings.server ?? ChannelSettings.Telegram.publicServer)/bot\(token)/sendMessage", method: "POST",
            headers: [Header("Content-Type", "application/json")], body: [UInt8](body), connectTimeout: .seconds(5),
            timeout: .seconds(15))
        transfer.tls = tls
        transfer.bodyLimit = 16 << 10
        switch await engine.perform(transfer) {
        case .failure(let error): return .judge(error)
        case .success(let result): return TelegramAnswer.judge(result, at: now())
        }
    }

    private static func isOfToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension String {
    /// This text, or as much of it as fits with an ellipsis; never half a character.
    func cut(toUTF16 limit: Int) -> String {
        guard utf16.count > limit else { return self }
        var (result, size) = ("", 1)
        for character in self {
            size += character.utf16.count
            guard size <= limit else { break }
            result.append(character)
        }
        return result + "…"
    }
}
