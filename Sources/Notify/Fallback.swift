package import Courier
package import Vocabulary

/// When a route's second channel is taken, and what both answers come to.
package enum Fallback {
    /// So often the first channel may fail before the second is taken.
    package static let attempts = 3
    /// And no longer than this after the message was made.
    package static let patience = Duration.seconds(120)
    /// With two ways in trouble both are tried again after this at the latest.
    package static let longestPause = Duration.seconds(300)

    /// Whether the second channel is taken now that the first has answered so: it refused, it has failed often or long
    /// enough, or it wants to be left alone for longer than the patience lasts.
    package static func isDue(_ first: Delivery, attempt: Int, created: Instant, now: Instant) -> Bool {
        switch first {
        case .delivered, .deliveredInstead: return false
        case .refused: return true
        case .retry(_, let after):
            let pause = max(Persistence.pause(afterAttempt: attempt), after ?? .zero)
            return attempt >= attempts || (now - created) + pause > patience
        }
    }

    /// What becomes of the message after both were tried. It is given up only where both refused it.
    package static func combined(first: Delivery, second: Delivery, by kind: String) -> Delivery {
        switch (first, second) {
        case (.delivered, _), (.deliveredInstead, _):
            return first
        case (.retry(let problem, _), .delivered), (.refused(let problem), .delivered),
            (.retry(let problem, _), .deliveredInstead), (.refused(let problem), .deliveredInstead):
            return .deliveredInstead(how: "by \(kind), because \(problem)")
        case (.refused(let problem), .refused(let other)):
            return .refused(problem: "\(problem); and by \(kind): \(other)")
        case (.retry(let problem, let after), .refused(let other)):
            return .retry(problem: "\(problem); and by \(kind): \(other)", after: pause(after, nil))
        case (.refused(let problem), .retry(let other, let after)):
            return .retry(problem: "\(problem); and by \(kind): \(other)", after: pause(nil, after))
        case (.retry(let problem, let one), .retry(let other, let two)):
            return .retry(problem: "\(problem); and by \(kind): \(other)", after: pause(one, two))
        }
    }

    private static func pause(_ one: Duration?, _ two: Duration?) -> Duration? {
        guard one != nil || two != nil else { return nil }
        return min(longestPause, max(one ?? .zero, two ?? .zero))
    }
}
