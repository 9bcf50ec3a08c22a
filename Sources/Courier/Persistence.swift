package import Vocabulary

/// How long a message is tried, and how often.
package enum Persistence {
    /// After this a message that never got through is given up, and shown as such.
    package static let patience = Duration.seconds(24 * 3600)

    /// The pause after the attempt of that number, from 1: one second, doubled up to five minutes.
    package static func pause(afterAttempt attempt: Int) -> Duration {
        .seconds(min(300, 1 << (min(max(attempt, 1), 10) - 1)))
    }

    package enum Decision: Hashable, Sendable {
        case sent
        /// By the second channel; `how` stays in the record.
        case sentInstead(how: String)
        case again(at: Instant, problem: String)
        case givenUp(problem: String)
    }

    /// What becomes of a message that was made at `created` after its attempt of that number.
    package static func decide(
        _ delivery: Delivery, attempt: Int, created: Instant, now: Instant
    ) -> Decision {
        switch delivery {
        case .delivered:
            return .sent
        case .deliveredInstead(let how):
            return .sentInstead(how: how)
        case .refused(let problem):
            return .givenUp(problem: problem)
        case .retry(let problem, let after):
            guard now - created < patience else { return .givenUp(problem: "given up after a day: \(problem)") }
            // A receiver may ask for patience, but not for more than an hour of it.
            let pause = max(pause(afterAttempt: attempt), min(after ?? .zero, .seconds(3600)))
            return .again(at: now + pause, problem: problem)
        }
    }
}
