package import Curl
package import Vocabulary

extension Delivery {
    /// What a transfer that did not reach its end means for the message.
    ///
    /// A certificate that has run out is renewed by somebody soon, often by a machine; one by an unknown authority, a
    /// refused login and settings that cannot be used stay as they are until a person changes them.
    package static func judge(_ error: TransferError) -> Delivery {
        switch error.kind {
        case .unverified(.expired): .retry(problem: "the receiver's certificate has expired: \(error)", after: nil)
        case .unverified(.notYetValid):
            .retry(problem: "the receiver's certificate is not valid yet, or a clock is wrong: \(error)", after: nil)
        case .loginRefused, .invalid, .noEncryption, .unverified, .keyMismatch, .badCredentials:
            .refused(problem: "\(error)")
        default: .retry(problem: "\(error)", after: nil)
        }
    }

    /// What an HTTP answer means: 2xx is delivered; 408, 425, 429 and 5xx may get better, and say when; every other
    /// status needs a person.
    package static func judge(_ result: TransferResult, at now: Instant) -> Delivery {
        let problem = "the receiver said \(result.status)\(AnswerWords.of(result))"
        switch result.status {
        case 200..<300: return .delivered
        case 408, 425, 429, 500..<600:
            return .retry(problem: problem, after: RetryAfter.span(in: result.headers, at: now))
        default: return .refused(problem: problem)
        }
    }
}
