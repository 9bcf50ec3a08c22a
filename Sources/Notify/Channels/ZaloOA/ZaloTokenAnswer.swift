package import Courier
package import Curl
import Foundation
package import Vocabulary

/// What comes for a refresh token.
package struct ZaloTokenAnswer: Decodable, Hashable, Sendable {
    package var accessToken: String
    package var refreshToken: String
    private var expiresIn: Seconds?

    /// Seconds; an hour when it says nothing that can be read: no token may be lost for the sake of this.
    package var lifetime: Int64 { expiresIn?.value ?? 3600 }

    /// Zalo writes the number as a text.
    private struct Seconds: Decodable, Hashable {
        var value: Int64?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do {
                value = Int64(try container.decode(String.self))
            } catch {
                value = try container.decode(Int64.self)
            }
        }
    }

    private struct Refusal: Decodable {
        var error: Int
        var errorName: String?
        var errorDescription: String?
    }

    package static func read(
        _ result: TransferResult, at now: Instant, _ settings: ChannelSettings.ZaloOA
    ) throws(ZaloTokenFailure) -> ZaloTokenAnswer {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(ZaloTokenAnswer.self, from: Data(result.body))
        } catch {
            throw ZaloTokenFailure(delivery: refusal(result, decoder, at: now, settings))
        }
    }

    private static func refusal(
        _ result: TransferResult, _ decoder: JSONDecoder, at now: Instant, _ settings: ChannelSettings.ZaloOA
    ) -> Delivery {
        do {
            let said = try decoder.decode(Refusal.self, from: Data(result.body))
            let words = AnswerWords.line(said.errorDescription ?? said.errorName ?? "")
            return .refused(
                problem: "Zalo gives no access token (\(said.error): \(words)): let the application in again and set "
                    + "the secret \(settings.token) to the new refresh token")
        } catch {
            let delivery = Delivery.judge(result, at: now)
            return delivery == .delivered
                ? .retry(problem: "the answer to the refresh token is not Zalo's", after: nil) : delivery
        }
    }
}

/// Why there is no access token, and whether trying again can help.
package struct ZaloTokenFailure: Error, Hashable, Sendable {
    package var delivery: Delivery
}
