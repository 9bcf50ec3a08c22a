package import Courier
import Curl
import Foundation

/// Writes as a Zalo Official Account, to a person who follows it or into a group of its own.
package struct ZaloOAChannel: Channel {
    /// The Open API's own limit, in characters.
    private static let limit = 2000

    private struct Body: Encodable {
        struct Message: Encodable {
            var text: String
        }

        var recipient: [String: String]
        var message: Message
    }

    private let sender: HTTPSender
    private let settings: ChannelSettings.ZaloOA
    private let tokens: ZaloTokens

    package init(sender: HTTPSender, settings: ChannelSettings.ZaloOA, tokens: ZaloTokens) {
        self.sender = sender
        self.settings = settings
        self.tokens = tokens
    }

    package func send(_ notification: Courier.Notification) async -> Delivery {
        do throws(ZaloTokenFailure) {
            let token = try await tokens.access(settings)
            let first = await post(notification, token)
            guard case .success(let result) = first, ZaloOAAnswer.refusesToken(result) else { return judge(first) }
            return judge(await post(notification, try await tokens.access(settings, besides: token)))
        } catch {
            return error.delivery
        }
    }

    private func post(
        _ notification: Courier.Notification, _ token: String
    ) async -> Result<TransferResult, TransferError> {
        let (path, recipient) =
            switch settings.to {
            case .user(let id): ("message/cs", ["user_id": id])
            case .group(let id): ("group/message", ["group_id": id])
            }
        let body: Data
        do {
            body = try JSONEncoder().encode(
                Body(
                    recipient: recipient,
                    message: Body.Message(text: notification.markedText.cut(toUTF16: Self.limit))))
        } catch {
            return .failure(TransferError(.invalid, message: "\(error)"))
        }
        let request = Transfer(
            "\(settings.server ?? ChannelSettings.ZaloOA.publicServer)/v3.0/oa/\(path)", method: "POST",
            headers: [Header("Content-Type", "application/json"), Header("access_token", token)], body: [UInt8](body),
            connectTimeout: .seconds(5), timeout: .seconds(15))
        return await sender.perform(request)
    }

    private func judge(_ outcome: Result<TransferResult, TransferError>) -> Delivery {
        sender.judge(outcome) { ZaloOAAnswer.judge($0, at: $1) }
    }
}
