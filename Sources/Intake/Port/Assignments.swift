import Keys
package import Storage
import SwiftProtobuf
import Synchronization
import Vocabulary
import Wire

/// What each agent is to ask, encoded and with a version that follows from the content.
package final class Assignments: Sendable {
    package struct Encoded: Sendable {
        package var version: String
        package var body: [UInt8]
    }

    private let database: Database
    private let encoded = Mutex<[String: Encoded]>([:])

    package init(database: Database) {
        self.database = database
    }

    /// Forgets what was encoded for agents whose checks have changed.
    package func forget(_ agents: Set<String>) {
        encoded.withLock { encoded in
            for agent in agents { encoded[agent] = nil }
        }
    }

    package func assignment(of agent: String) async throws -> Encoded {
        if let known = encoded.withLock({ $0[agent] }) { return known }
        let checks = try await database.read { try CheckStore($0).active(agent: agent) }
        let made = try Self.encode(checks)
        encoded.withLock { $0[agent] = made }
        return made
    }

    private static func encode(_ checks: [Check]) throws -> Encoded {
        var message = ProtoAssignment()
        message.versionOfFormat = Limits.version
        message.flushInterval = 5000
        message.checks = checks.map { check in
            var encoded = ProtoCheck()
            encoded.name = check.name.rawValue
            encoded.kind = check.kind.rawValue
            encoded.target = check.target
            encoded.settings = check.settings
            encoded.interval = UInt32(clamping: check.interval.wholeMicroseconds / 1000)
            encoded.timeout = UInt32(clamping: check.timeout.wholeMicroseconds / 1000)
            return encoded
        }
        // Deterministic, so that the same checks have the same version: maps come in order of key.
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        let content: [UInt8] = try message.serializedBytes(options: options)
        message.version = Hex.encode(try Digest.sha256(content).prefix(8))
        return Encoded(version: message.version, body: try message.serializedBytes(options: options))
    }
}
