package import ProbeKit
import ProbeSettings
import ProbeSockets
package import Sockets
import Synchronization
package import TLS
package import TLSSettings
package import Vocabulary

/// Shakes hands with a server by TLS, after STARTTLS where that is wanted, and judges what it showed: chain, names, dates,
/// version, cipher, key.
package struct TLSProbe: Probe {
    private let poller: Poller
    private let resolver: any Resolver
    private let client: LazyClient
    private let now: @Sendable () -> Instant

    package init(
        poller: Poller, resolver: any Resolver, trust: TLSClient.Trust = .system,
        now: @escaping @Sendable () -> Instant
    ) {
        self.poller = poller
        self.resolver = resolver
        client = LazyClient(trust)
        self.now = now
    }

    package func measure(
        _ target: String, settings: TLSSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let place: HostPort
        let address: SocketAddress
        let begin = ContinuousClock.now
        do throws(SettingsError) {
            place = try HostPort(target, defaultPort: settings.defaultPort)
        } catch {
            return Answer(.unknown(Reason("bad-target", got: error.problem)))
        }
        do throws(NotAsked) {
            address = try await resolver.address(of: place, family: settings.family.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        let client: TLSClient
        switch self.client.get() {
        case .success(let found): client = found
        case .failure(let error):
            let reason = Reason(
                "no-authorities", step: "tls", expected: "the system's certificate authorities", got: error.words)
            return Answer(.unknown(reason))
        }
        var run = TLSRun(settings: settings, host: settings.name ?? place.host, address: address, begin: begin)
        let stop = await run.go(client, poller, until: deadline)
        return run.answer(stop, at: now())
    }
}

/// OpenSSL's context, made when the first question is asked: an agent that asks none keeps no memory for it. One that
/// could not be made is tried again.
private final class LazyClient: Sendable {
    private let trust: TLSClient.Trust
    private let made = Mutex<TLSClient?>(nil)

    init(_ trust: TLSClient.Trust) {
        self.trust = trust
    }

    func get() -> Result<TLSClient, TLSError> {
        made.withLock { made in
            if let made { return .success(made) }
            do throws(TLSError) {
                let client = try TLSClient(trust: trust)
                made = client
                return .success(client)
            } catch {
                return .failure(error)
            }
        }
    }
}
