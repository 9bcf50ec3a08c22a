package import Curl
import Keys
package import ProbeKit
import ProbeSettings
import ProbeSockets
package import SIPSettings
package import Sockets
package import Vocabulary

/// Asks a SIP device, proxy or registrar whether it answers, and what it answers: nothing rings, nothing is changed.
///
/// All checks by UDP share one socket a family; each check by TCP or TLS has a connection of its own.
package struct SIPProbe: Probe {
    let udp: UDPEngine
    let curl: CurlEngine
    let poller: Poller
    let trust: TLSOptions.Trust
    private let resolver: any Resolver
    private let secrets: SecretReading
    private let restraint = SIPRestraint()
    let memory = SIPMemory()
    private let patience: Duration
    private let now: @Sendable () -> Instant

    /// Non-INVITE requests are sent again after so long (RFC 3261, 17.1.2.2: T1, 2·T1, 4·T1).
    static let retransmissions = [Duration.milliseconds(500), .seconds(1), .seconds(2)]
    /// For the way back to whoever asked.
    private static let margin = Duration.milliseconds(10)

    /// `trust` says whose certificates count where `verify` is on; `patience`, how long a run takes at most, whatever its
    /// deadline; `now`, how long a certificate still lasts.
    package init(
        poller: Poller, resolver: any Resolver, curl: CurlEngine, secrets: @escaping SecretReading,
        trust: TLSOptions.Trust = .system, patience: Duration = .seconds(4), now: @escaping @Sendable () -> Instant
    ) {
        udp = UDPEngine("sip") { SIPMarks.mark(in: $0) }
        self.curl = curl
        self.poller = poller
        self.resolver = resolver
        self.secrets = secrets
        self.trust = trust
        self.patience = patience
        self.now = now
    }

    /// Ends the socket and its thread; harmless the second time.
    package func close() {
        udp.close()
    }

    /// A secret may have to be read from a file, which can take long.
    package func executor(for settings: SIPSettings) -> (any TaskExecutor)? {
        settings.transport == .udp && settings.secret == nil ? udp.executor : nil
    }

    package func measure(
        _ target: String, settings: SIPSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let place: HostPort
        do throws(SettingsError) {
            place = try HostPort(target, defaultPort: settings.defaultPort)
        } catch {
            return Answer(.unknown(Reason("bad-target", got: error.problem)))
        }
        let login: SIPLogin?
        do throws(SecretRefusal) {
            login = try self.login(settings)
        } catch {
            return Answer(.unknown(Reason("no-secret", step: "secret", got: error.words)))
        }
        let begin = ContinuousClock.now
        if let pause = restraint.pause(of: place, at: begin) { return Self.answer(pause, at: begin) }
        let deadline = min(deadline - Self.margin, begin + patience)
        let address: SocketAddress
        do throws(NotAsked) {
            address = try await resolver.address(of: place, family: settings.family.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        let marks: SIPMarks
        do throws(KeysError) {
            marks = try memory.marks()
        } catch {
            return SIPJudgement(settings: settings, now: now()).answer(.failure(.unanswerable(error)), trace: [])
        }
        let key = login.map { SIPRestraint.LoginKey(target: place, login: $0) }
        var conversation = SIPConversation(
            settings, login: login, host: SIPConversation.bracketed(place.host),
            port: place.port == settings.defaultPort ? nil : place.port,
            withholdsLogin: key.map { restraint.withholds($0, at: begin) } ?? false, marks: marks)
        let result =
            switch settings.transport {
            case .udp: await talk(&conversation, byUDPTo: address, until: deadline)
            case .tcp: await talk(&conversation, byTCPTo: address, until: deadline)
            case .tls: await talk(&conversation, byTLSTo: address, as: place, settings, until: deadline)
            }
        if conversation.wasLoginRefused, let key { restraint.refuse(key, at: .now) }
        if case .success(let reply) = result, reply.response.status == 503, let seconds = reply.response.retryAfter {
            restraint.pause(place, status: 503, seconds: seconds, at: .now)
        }
        return SIPJudgement(settings: settings, now: now(), facts: memory.facts).answer(
            result, trace: conversation.trace)
    }

    private func login(_ settings: SIPSettings) throws(SecretRefusal) -> SIPLogin? {
        guard let user = settings.login, let secret = settings.secret else { return nil }
        guard let password = try secrets(secret).get().first, !password.isEmpty else {
            throw SecretRefusal("\(secret) holds no password")
        }
        return SIPLogin(user: user, password: password)
    }

    private static func answer(_ pause: SIPRestraint.Pause, at now: ContinuousClock.Instant) -> Answer {
        let seconds = now.duration(to: pause.until).components.seconds + 1
        return Answer(
            .degraded(
                Reason(
                    "overloaded", step: "response", expected: "a service",
                    got: "\(pause.status), and the wish not to be asked for another \(seconds) s")),
            trace: ["not asked: Retry-After"])
    }
}
