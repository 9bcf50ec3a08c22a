package import Detection
package import Storage
import SwiftProtobuf
import Synchronization
package import Vocabulary
import Wire

/// Remembers which processes report as which agent.
///
/// In memory, because it matters for minutes; what an agent's stored presence says of it is where a restarted
/// collector begins, so that the original stays the original.
package final class InstanceLedger: Sendable {
    private let database: Database
    private let watches = Mutex<[String: InstanceWatch]>([:])

    package init(database: Database) {
        self.database = database
    }

    /// Takes note of what came; with what was thought before, so that a change can be said once.
    package func hear(
        _ instance: UInt64, from origin: InstanceWatch.Origin, as agent: String, at now: Instant
    ) async throws -> (standing: InstanceWatch.Standing, isNews: Bool) {
        let known = watches.withLock { $0[agent] }
        let begun = try await known == nil ? watch(asStoredFor: agent, at: now) : InstanceWatch()
        return watches.withLock { watches in
            var watch = watches[agent] ?? begun
            let wasAlone = watch.instances.allSatisfy { watch.standing(of: $0.number) == .alone }
            let standing = watch.hear(instance, from: origin, at: now)
            watches[agent] = watch
            return (standing, wasAlone && standing != .alone)
        }
    }

    func standing(of instance: UInt64, as agent: String) -> InstanceWatch.Standing {
        watches.withLock { $0[agent]?.standing(of: instance) ?? .alone }
    }

    private func watch(asStoredFor agent: String, at now: Instant) async throws -> InstanceWatch {
        var watch = InstanceWatch()
        let stored = try await database.read { try AgentStore($0).presence(of: agent) }
        let presence = try ProtoPresence(serializedBytes: stored)
        guard presence.instance != 0 else { return watch }
        let origin = InstanceWatch.Origin(address: presence.address, hostname: presence.hostname)
        _ = watch.hear(presence.instance, from: origin, at: now)
        return watch
    }
}
