package import Courier
import Curl
import Foundation

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

    private let sender: HTTPSender
    private let settings: ChannelSettings.Telegram
    private let token: String

    /// `token` is the bot's own, opened.
    package init(sender: HTTPSender, settings: ChannelSettings.Telegram, token: String) {
        self.sender = sender
        self.settings = settings
        self.token = token
    }

    package func send(_ notification: Courier.Notification) async -> Delivery {
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
        let request = Transfer(
            "\(settings.server ?? ChannelSettings.Telegram.publicServer)/bot\(token)/sendMessage", method: "POST",
            headers: [Header("Content-Type", "application/json")], body: [UInt8](body), connectTimeout: .seconds(5),
            timeout: .seconds(15))
        return await sender.send(request) { TelegramAnswer.judge($0, at: $1) }
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
