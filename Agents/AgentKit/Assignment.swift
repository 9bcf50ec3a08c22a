package import ProbeKit
internal import ProbeSettings
internal import SwiftProtobuf
package import Vocabulary
package import Wire

/// What an agent was told to do, read whole and validated whole.
package struct Assignment: Sendable {
    /// A check with its question, ready to be asked.
    package struct Planned: Sendable {
        package var check: Check
        package var question: Question

        package init(check: Check, question: Question) {
            self.check = check
            self.question = question
        }
    }

    /// A check that this agent cannot run, and why.
    package struct Refused: Hashable, Sendable {
        package var check: CheckName
        package var problem: String

        /// Whether the name can be put on the wire as a check's.
        var isNamed: Bool { check.rawValue.contains("/") && check.rawValue.utf8.count <= maximumName }
    }

    private static let maximumName = 512
    private static let maximumChecks = 50_000
    private static let maximumSecrets = 10_000
    private static let longestSecret = 16 << 10
    private static let shortestInterval = Duration.milliseconds(100)
    package static let defaultFlushInterval = Duration.seconds(5)

    package var version: String
    package var flushInterval: Duration
    package var checks: [Planned]
    package var refused: [Refused]
    /// By the name that checks have in their setting `secret`.
    package var secrets: [String: String]

    package init(
        version: String, flushInterval: Duration = defaultFlushInterval, checks: [Planned], refused: [Refused] = [],
        secrets: [String: String] = [:]
    ) {
        self.version = version
        self.flushInterval = flushInterval
        self.checks = checks
        self.refused = refused
        self.secrets = secrets
    }

    /// Reads the bytes of a `ProtoAssignment`; a check that cannot be run is refused by itself, the rest stand.
    package init(decoding bytes: [UInt8], catalogue: Catalogue) throws(WireError) {
        guard bytes.count <= Limits.deliveryBytes else {
            throw WireError("assignment", "\(bytes.count) bytes; at most \(Limits.deliveryBytes)")
        }
        let message: ProtoAssignment
        do {
            message = try ProtoAssignment(serializedBytes: bytes)
        } catch {
            throw WireError("assignment", "not an assignment message: \(error)")
        }
        guard message.versionOfFormat == Limits.version else {
            throw WireError("version_of_format", "\(message.versionOfFormat); this agent speaks \(Limits.version)")
        }
        guard !message.version.isEmpty, message.version.utf8.count <= 1024 else {
            throw WireError("version", "empty, or too long")
        }
        guard message.checks.count <= Self.maximumChecks else {
            throw WireError("checks", "\(message.checks.count); at most \(Self.maximumChecks)")
        }
        guard message.secrets.count <= Self.maximumSecrets,
            message.secrets.allSatisfy({ $0.value.utf8.count <= Self.longestSecret })
        else {
            throw WireError(
                "secrets", "more than \(Self.maximumSecrets), or one longer than \(Self.longestSecret) bytes")
        }
        self.init(version: message.version, checks: [])
        secrets = Dictionary(message.secrets.map { ($0.name, $0.value) }) { first, _ in first }
        if message.flushInterval > 0 {
            flushInterval = .milliseconds(min(max(message.flushInterval, 500), 60_000))
        }
        var names: Set<String> = []
        for check in message.checks {
            do throws(SettingsError) {
                guard names.insert(check.name).inserted else {
                    throw SettingsError(key: "name", problem: "it occurs twice")
                }
                checks.append(try Self.plan(check, catalogue))
            } catch {
                let problem = clipped(error.description, to: 1000)
                refused.append(Refused(check: CheckName(rawValue: clipped(check.name, to: 1000)), problem: problem))
            }
        }
    }

    private static func plan(_ check: ProtoCheck, _ catalogue: Catalogue) throws(SettingsError) -> Planned {
        guard check.name.contains("/"), check.name.utf8.count <= maximumName else {
            throw SettingsError(key: "name", problem: "\"\(check.name)\" is no check name")
        }
        let kind = ProbeKind(rawValue: check.kind)
        let question = try catalogue.question(kind, target: check.target, settings: check.settings)
        let pace = catalogue.pace(of: kind)
        let interval = check.interval > 0 ? Duration.milliseconds(check.interval) : pace?.interval ?? .seconds(60)
        guard interval >= shortestInterval else {
            throw SettingsError(key: "interval", problem: "\(check.interval) ms; at least \(shortestInterval.spelled)")
        }
        let timeout = check.timeout > 0 ? Duration.milliseconds(check.timeout) : pace?.timeout ?? .seconds(10)
        return Planned(
            check: Check(
                name: CheckName(rawValue: check.name), kind: kind, target: check.target, settings: check.settings,
                interval: interval, timeout: timeout),
            question: question)
    }
}
