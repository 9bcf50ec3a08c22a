import ProbeSettings
import SIPSettings
import Synchronization

/// What the checks of a probe keep from doing for a while: sending a login that was refused, which locks accounts,
/// and asking a server that asked to be left alone (RFC 3261, 21.5.4).
final class SIPRestraint: Sendable {
    struct LoginKey: Hashable, Sendable {
        var target: HostPort
        var login: SIPLogin
    }

    struct Pause: Hashable, Sendable {
        var until: ContinuousClock.Instant
        var status: Int
    }

    private struct State: Sendable {
        var refused: [LoginKey: ContinuousClock.Instant] = [:]
        var paused: [HostPort: Pause] = [:]
    }

    /// At most one try an hour.
    static let loginPause = Duration.seconds(3600)
    /// Longer than this nobody is left alone: a watch that sees nothing for an hour is none.
    static let longestPause = 60
    private static let limit = 8192
    private let state = Mutex(State())

    func withholds(_ key: LoginKey, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard let until = state.refused[key] else { return false }
            guard until <= now else { return true }
            state.refused[key] = nil
            return false
        }
    }

    func refuse(_ key: LoginKey, at now: ContinuousClock.Instant) {
        state.withLock { state in
            if state.refused.count >= Self.limit { state.refused = state.refused.filter { $0.value > now } }
            state.refused[key] = now + Self.loginPause
        }
    }

    func pause(of target: HostPort, at now: ContinuousClock.Instant) -> Pause? {
        state.withLock { state in
            guard let pause = state.paused[target] else { return nil }
            guard pause.until <= now else { return pause }
            state.paused[target] = nil
            return nil
        }
    }

    func pause(_ target: HostPort, status: Int, seconds: Int, at now: ContinuousClock.Instant) {
        guard seconds > 0 else { return }
        state.withLock { state in
            if state.paused.count >= Self.limit { state.paused = state.paused.filter { $0.value.until > now } }
            state.paused[target] = Pause(until: now + .seconds(min(seconds, Self.longestPause)), status: status)
        }
    }
}
