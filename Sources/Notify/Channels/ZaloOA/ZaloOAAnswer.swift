package import Courier
package import Curl
import Foundation
package import Vocabulary

/// What Zalo's Open API answers: status 200 and a code, whatever happened.
///
/// The codes: developers.zalo.me/docs/official-account/phu-luc/ma-loi; the limit of calls a minute:
/// developers.zalo.me/docs/official-account/phu-luc/gioi-han-toc-do-api.
package struct ZaloOAAnswer: Decodable {
    private var error: Int
    private var message: String?

    /// Calls are counted by the minute.
    private static let tooMany = -32
    /// "Sending failed", without more.
    private static let failed = -200
    /// The access token is wrong (-216) or has run out (-220).
    private static let tokenRefused: Set = [-216, -220]
    /// What stays as it is until a person changes it: wrong settings (-201, -210, -233, -234, -240), the account or the
    /// application is gone, not verified, not allowed or out of quota (-204, -205, -209, -211, -212, -219, -221, -223,
    /// -224, -235, -242, -248, -320, -321), the person follows no more, has blocked or not written lately (-213, -217,
    /// -218, -227, -230, -231, -232, -244), the group has run out (-237).
    private static let refused: Set = [
        -201, -204, -205, -209, -210, -211, -212, -213, -217, -218, -219, -221, -223, -224, -227, -230, -231, -232,
        -233, -234, -235, -237, -240, -242, -244, -248, -320, -321,
    ]

    /// A code that stands in no table is tried again: nobody has said that it is for good.
    package static func judge(_ result: TransferResult, at now: Instant) -> Delivery {
        guard let answer = read(result) else {
            let delivery = Delivery.judge(result, at: now)
            return delivery == .delivered
                ? .retry(problem: "the answer is not Zalo's\(AnswerWords.of(result))", after: nil) : delivery
        }
        if answer.error == 0 { return .delivered }
        let problem = "Zalo said \(answer.error): \(AnswerWords.line(answer.message ?? ""))"
        if answer.error == tooMany {
            return .retry(problem: problem, after: RetryAfter.span(in: result.headers, at: now) ?? .seconds(60))
        }
        let isForGood = refused.contains(answer.error) || tokenRefused.contains(answer.error)
        return isForGood ? .refused(problem: problem) : .retry(problem: problem, after: nil)
    }

    /// Whether a fresh access token may be all that is missing.
    package static func refusesToken(_ result: TransferResult) -> Bool {
        read(result).map { tokenRefused.contains($0.error) } ?? (result.status == 401)
    }

    private static func read(_ result: TransferResult) -> ZaloOAAnswer? {
        do {
            return try JSONDecoder().decode(ZaloOAAnswer.self, from: Data(result.body))
        } catch {
            return nil
        }
    }
}
