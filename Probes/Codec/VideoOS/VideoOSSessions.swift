import Synchronization

/// The sessions that devices have given, kept from run to run: each device has few, and a login for every question would
/// use them up.
final class VideoOSSessions: Sendable {
    struct Session: Hashable, Sendable {
        var cookie: String
        var token: String
    }

    private struct Key: Hashable, Sendable {
        var origin: String
        var credentials: CodecCredentials
    }

    private let sessions = Mutex<[Key: Session]>([:])

    subscript(origin: String, credentials: CodecCredentials) -> Session? {
        get { sessions.withLock { $0[Key(origin: origin, credentials: credentials)] } }
        set { sessions.withLock { $0[Key(origin: origin, credentials: credentials)] = newValue } }
    }
}
