package import Courier
package import Curl
import Foundation
package import Vocabulary

/// What the Bot API answers (core.telegram.org/bots/api, "Making requests" and "ResponseParameters").
package struct TelegramAnswer: Decodable {
    private struct Parameters: Decodable {
        var retryAfter: Int64?
        var migrateToChatId: Int64?
    }

    private var ok: Bool
    private var errorCode: Int?
    private var description: String?
    private var parameters: Parameters?

    /// `ok` is delivered; a flood is waited out as long as Telegram says; a wrong token, chat or text needs a person.
    package static func judge(_ result: TransferResult, at now: Instant) -> Delivery {
        let answer: TelegramAnswer
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            answer = try decoder.decode(TelegramAnswer.self, from: Data(result.body))
        } catch {
            // A proxy's page, or the servers in front: nothing that Telegram itself has said.
            let delivery = Delivery.judge(result, at: now)
            return delivery == .delivered
                ? .retry(problem: "the answer is not Telegram's\(AnswerWords.of(result))", after: nil) : delivery
        }
        if answer.ok { return .delivered }
        let code = answer.errorCode ?? result.status
        let problem = "Telegram said \(code): \(AnswerWords.line(answer.description ?? ""))"
        if let chat = answer.parameters?.migrateToChatId {
            return .refused(problem: "\(problem); the group's chat is now \(chat)")
        }
        switch code {
        case 429, 500..<600:
            let wish = answer.parameters?.retryAfter.map(RetryAfter.span(seconds:))
            return .retry(problem: problem, after: wish ?? RetryAfter.span(in: result.headers, at: now))
        default: return .refused(problem: problem)
        }
    }
}
