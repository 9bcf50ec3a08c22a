package import Courier
package import Storage
package import Vocabulary

extension MessageStore {
    /// Keeps what became of an attempt.
    package func record(_ decision: Persistence.Decision, of id: Int64, at now: Instant) throws {
        switch decision {
        case .sent: try markSent(id, at: now)
        case .sentInstead(let how): try markSent(id, at: now, how: how)
        case .again(let next, let problem): try markFailed(id, problem: problem, next: next)
        case .givenUp(let problem): try markRefused(id, problem: problem, at: now)
        }
    }
}
