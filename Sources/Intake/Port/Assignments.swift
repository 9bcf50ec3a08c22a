import Keys
package import Storage
import SwiftProtobuf
import Synchronization
import Vocabulary
import Wire

/// What each agent is to ask and with which secrets, with a version that follows from the content.
package final class Assignments: Sendable {
    /// Opens a sealed secret; nil when that cannot be done, which it says itself.
    package typealias Opening = @Sendable (_ sealed: [UInt8], _ name: String) -> String?

    /// An assignment whose secrets are still sealed: nothing is kept in the clear.
    private struct Made: Sendable {
        var message: ProtoAssignment
        var sealed: [String: [UInt8]]
    }

    private let database: Database
    private let open: Opening
    private let made = Mutex<[String: Made]>([:])

    package init(database: Database, open: @escaping Opening) {
        self.database = database
        self.open = open
    }

    /// Forgets what was made for agents whose checks or secrets have changed.
    package func forget(_ agents: Set<String>) {
        made.withLock { made in
            for agent in agents { made[agent] = nil }
        }
    }

    package func version(of agent: String) async throws -> String {
        try await assignment(of: agent).message.version
    }

    /// The bytes of a `ProtoAssignment`. A secret that is not set, or that cannot be opened, is left out: the agent then
    /// says which one its check lacks.
    package func body(of agent: String) async throws -> [UInt8] {
        let assignment = try await assignment(of: agent)
        var message = assignment.message
        message.secrets = assignment.sealed.sorted { $0.key < $1.key }.compactMap { name, sealed in
            guard let value = open(sealed, name) else { return nil }
            var secret = ProtoSecret()
            secret.name = name
            secret.value = value
            return secret
        }
        return try message.serializedBytes(options: Self.options)
    }

    private func assignment(of agent: String) async throws -> Made {
        if let known = made.withLock({ $0[agent] }) { return known }
        let new = try await database.read { connection in
            let checks = try CheckStore(connection).active(agent: agent)
            let names = Set(checks.compactMap { $0.settings["secret"] })
            let store = SecretStore(connection)
            let sealed = try names.compactMap { name in try store.sealed(name).map { (name, $0) } }
            return try Self.make(checks, Dictionary(sealed) { first, _ in first })
        }
        made.withLock { $0[agent] = new }
        return new
    }

    /// Deterministic, so that the same checks have the same version: maps come in order of key.
    private static var options: BinaryEncodingOptions {
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        return options
    }

    private static func make(_ checks: [Check], _ sealed: [String: [UInt8]]) throws -> Made {
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
        var content: [UInt8] = try message.serializedBytes(options: options)
        // Sealed anew each time it is set, so another value is another version.
        for (name, bytes) in sealed.sorted(by: { $0.key < $1.key }) { content += Array(name.utf8) + bytes }
        message.version = Hex.encode(try Digest.sha256(content).prefix(8))
        return Made(message: message, sealed: sealed)
    }
}
