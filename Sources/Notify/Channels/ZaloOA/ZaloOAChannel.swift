package import Curl
import Foundation
package import Vocabulary

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

    private let engine: CurlEngine
    private let settings: ChannelSettings.ZaloOA
    private let tokens: ZaloTokens
    private let tls: TLSOptions
    private let now: @Sendable () -> Instant

    package init(
        engine: CurlEngine, settings: ChannelSettings.ZaloOA, tokens: ZaloTokens, tls: TLSOptions = TLSOptions(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.engine = engine
        self.settings = settings
        self.tokens = tokens
        self.tls = tls
        self.now = now
    }

    package func send(_ notification: Notification) async -> Delivery {
        do throws(ZaloTokenFailure) {
            let token = try await tokens.access(settings, tls: tls)
            let first = await post(notification, token)
            guard case .success(let result) = first, ZaloOAAnswer.refusesToken(result) else { return judge(first) }
            return judge(await post(notification, try await tokens.access(settings, besides: token, tls: tls)))
        } catch {
            return error.delivery
        }
    }

    private func post(
        _ notification: Notification, _ token: String
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
        var transfer = Transfer(
            "\(settings.server ?? ChannelSettings.ZaloOA.publicServer)/v3.0/oa/\(path)", method: "POST",
            headers: [Header("Content-Type", "application/json"), Header("access_token", token)], body: [UInt8](body),
            connectTimeout: .seconds(5), timeout: .seconds(15))
        transfer.tls = tls
        transfer.bodyLimit = 16 << 10
        return await engine.perform(transfer)
    }

    private func judge(_ outcome: Result<TransferResult, TransferError>) -> Delivery {
        switch outcome {
        case .failure(let error): .judge(error)
        case .success(let result): ZaloOAAnswer.judge(result, at: now())
        }
    }
}
