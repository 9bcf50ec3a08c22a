import Synchronization

/// What one run of a probe sends and receives, for whoever wants to have it explained.
///
/// It is bound to a task, and the engines note in it; where none is bound that costs them one look. Bytes are kept as
/// they were on the wire, or as they were before TLS where a library leads that; what may not be shown is left out
/// when they are told (`moments`).
package final class Capture: Sendable {
    /// The capture of the running task.
    @TaskLocal package static var current: Capture?

    package enum Direction: String, Hashable, Sendable {
        case sent, received
    }

    struct Event: Sendable {
        var time: ContinuousClock.Instant
        var kind: Kind

        enum Kind: Sendable {
            case note(String)
            case bytes(Direction, [UInt8], peer: String, medium: String, size: Int)
        }
    }

    private struct State: Sendable {
        var events: [Event] = []
        var secrets: [[UInt8]] = []
        var room = Capture.mostBytes
    }

    /// Of all events together; of what comes beyond it the size is kept.
    static let mostBytes = 256 << 10
    private let begin: ContinuousClock.Instant
    private let state = Mutex(State())

    package init(since begin: ContinuousClock.Instant) {
        self.begin = begin
    }

    /// `medium`: what carried them, e.g. `UDP`; `continues`: they go on with what came or went last, if that was the same way.
    package func note(
        _ direction: Direction, _ bytes: some Collection<UInt8>, peer: String, medium: String, continues: Bool = false,
        at time: ContinuousClock.Instant
    ) {
        state.withLock { state in
            let kept = Array(bytes.prefix(state.room))
            state.room -= kept.count
            if continues, let last = state.events.indices.last,
                case .bytes(direction, let before, peer: peer, medium: medium, let size) = state.events[last].kind
            {
                state.events[last].kind = .bytes(
                    direction, before + kept, peer: peer, medium: medium, size: size + bytes.count)
                return
            }
            state.events.append(
                Event(time: time, kind: .bytes(direction, kept, peer: peer, medium: medium, size: bytes.count)))
        }
    }

    package func note(_ words: String, at time: ContinuousClock.Instant) {
        state.withLock { $0.events.append(Event(time: time, kind: .note(words))) }
    }

    /// These bytes are not to be shown, wherever they stand.
    package func hide(_ secret: String) {
        guard !secret.isEmpty else { return }
        state.withLock { $0.secrets.append(Array(secret.utf8)) }
    }

    /// What happened, in order, without secrets.
    package var moments: [Moment] {
        let (events, secrets) = state.withLock { ($0.events, $0.secrets) }
        return events.map { event in
            let offset = begin.duration(to: event.time)
            switch event.kind {
            case .note(let words):
                return Moment(offset: offset, what: .note(Masked(Array(words.utf8), hiding: secrets).text))
            case .bytes(let direction, let bytes, let peer, let medium, let size):
                return Moment(
                    offset: offset,
                    what: .bytes(
                        direction, Masked(bytes, hiding: secrets), peer: peer, medium: medium, size: size))
            }
        }
    }

    /// One event as it may be shown.
    package struct Moment: Hashable, Sendable {
        /// Since the run began.
        package var offset: Duration
        package var what: What

        package enum What: Hashable, Sendable {
            case note(String)
            /// `size`: how many there were; fewer are kept of much.
            case bytes(Direction, Masked, peer: String, medium: String, size: Int)
        }
    }
}
