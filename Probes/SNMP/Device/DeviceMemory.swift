import SNMP
import SNMPSettings
import Sockets
import Synchronization

/// What is known of a device from earlier runs.
struct KnownDevice: Sendable {
    var session: SNMPSession
    var address: SocketAddress
    var pace: Repetitions
    var objectID: OID?
    var upTime: Int64?
    /// The subtrees that hold something; nil until they were all looked for once.
    var present: [OID]?
    /// The variables that seldom change.
    var described = VarBindList()
    /// When the last whole inventory was made.
    var inventoried: ContinuousClock.Instant?
    var past: DeviceReading.Past?
}

/// The devices that were asked, by target and settings; the longest unasked are forgotten beyond the limit.
final class DeviceMemory: Sendable {
    struct Key: Hashable, Sendable {
        var target: String
        var settings: SNMPSettings
    }

    private struct Entry: Sendable {
        var device: KnownDevice
        var used: UInt64
    }

    private struct State: Sendable {
        var entries: [Key: Entry] = [:]
        var turn: UInt64 = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int = 20_000) {
        self.limit = limit
    }

    subscript(key: Key) -> KnownDevice? {
        state.withLock { $0.entries[key]?.device }
    }

    func keep(_ device: KnownDevice, for key: Key) {
        state.withLock { state in
            state.turn += 1
            state.entries[key] = Entry(device: device, used: state.turn)
            guard state.entries.count > limit else { return }
            let median = state.entries.values.map(\.used).sorted()[state.entries.count / 2]
            state.entries = state.entries.filter { $0.value.used >= median }
        }
    }
}
