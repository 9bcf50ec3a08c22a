package import ProbeKit
import ProbeSettings
import ProbeSockets
import SNMP
package import SNMPSettings
package import Sockets
import Vocabulary

/// Reads a device by SNMP: whether it answers, how it is, and what it is.
///
/// All checks share one engine. What earlier runs learned of a device (its SNMPv3 engine, how many variables it bears,
/// which tables it has, its counters) makes the next one cheap.
package struct SNMPProbe: Probe {
    private let engine: UDPEngine
    private let resolver: any Resolver
    private let secrets: SecretReading
    private let keyring = Keyring()
    private let memory = DeviceMemory()

    /// `engine`: made with `SNMPProbe.reader`.
    package init(engine: UDPEngine, resolver: any Resolver, secrets: @escaping SecretReading) {
        self.engine = engine
        self.resolver = resolver
        self.secrets = secrets
    }

    /// Finds in a datagram which question it answers.
    package static let reader: @Sendable ([UInt8]) -> UDPMark? = { bytes in
        MessageKey.read(bytes).map { UDPMark($0) }
    }

    package func measure(
        _ target: String, settings: SNMPSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let credentials: SNMPCredentials
        switch settings.secret.map(secrets) {
        case nil: credentials = SNMPCredentials(settings, lines: [])
        case .success(let lines): credentials = SNMPCredentials(settings, lines: lines)
        case .failure(let refusal): return Answer(.unknown(Reason("no-secret", step: "secret", got: refusal.words)))
        }
        let address: SocketAddress
        do throws(NotAsked) {
            address = try await resolver.address(
                of: target, defaultPort: SNMPSettings.port, family: settings.family.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        let key = DeviceMemory.Key(target: target, settings: settings)
        var visit = Visit(
            // Read from its files when the first device is asked: an agent without such a check never holds it.
            .shared, settings,
            memory[key].flatMap { $0.address == address ? $0 : nil }
                ?? KnownDevice(
                    session: SNMPSession(
                        engine, keyring, to: address, credentials, patience: settings.patience, tries: settings.tries),
                    address: address, pace: Repetitions(most: Int32(settings.repetitions))),
            hasBulk: credentials.hasBulk)
        let answer = await visit.run(until: deadline)
        memory.keep(visit.device, for: key)
        return answer
    }
}
