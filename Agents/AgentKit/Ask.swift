internal import ProbeKit
internal import Vocabulary

/// One ask of a run: of which, which of its asks, and when it began by both clocks.
struct Ask: Sendable {
    var run: Ongoing.ID
    var number: Int
    var asked: Instant
    var began: ContinuousClock.Instant
}

/// What happens to a run that goes on.
enum RunEvent: Sendable {
    case answered(Ask, took: Duration, Answer)
    /// There is no answer yet, and usually there is one by now.
    case overdue(Ask)
    /// The probe broke its word: it did not answer in its time.
    case overran(Ask)
    case pauseOver(Ongoing.ID)

    var run: Ongoing.ID {
        switch self {
        case .answered(let ask, _, _), .overdue(let ask), .overran(let ask): ask.run
        case .pauseOver(let run): run
        }
    }
}
