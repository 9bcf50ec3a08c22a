package import Detection
package import Storage
package import Vocabulary

/// What becomes of a message whose turn has come.
package enum Turn: Hashable, Sendable {
    case goes
    /// In one message with the others of its route that waited.
    case goesWithOthers
    /// Kept back until then; where that is now, it goes with the others at once.
    case waits(until: Instant)
    /// An earlier one of the same incident has to go first.
    case follows

    package init(_ message: MessageStore.Message, quiet: QuietHours, folds: Bool, at now: Instant) {
        if let end = quiet.end(message.importance, at: now) {
            self = .waits(until: end)
        } else if folds, message.held == nil, message.importance == .low {
            // A problem of low importance is told with the digest anyway; that it is over can wait for the next one.
            self = .waits(until: message.kind == "recovery" ? Patience.nextDigest(after: message.created) : now)
        } else if folds, message.held != nil {
            self = .goesWithOthers
        } else {
            self = message.follows ? .follows : .goes
        }
    }
}
