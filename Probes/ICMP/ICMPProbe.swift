package import ICMPSettings
package import ProbeKit
import ProbeSettings
import ProbeSockets
package import Sockets
import Vocabulary

/// Asks a host for an ICMP echo, through an engine that all checks share.
package struct ICMPProbe: Probe {
    private let engine: ICMPEngine
    private let resolver: any Resolver

    package init(engine: ICMPEngine, resolver: any Resolver) {
        self.engine = engine
        self.resolver = resolver
    }

    package func executor(for settings: ICMPSettings) -> (any TaskExecutor)? { engine.executor }

    package func measure(
        _ target: String, settings: ICMPSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let addresses: [SocketAddress]
        do throws(ResolveError) {
            addresses = try await resolver.resolve(target, family: settings.family.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        // One address a run: who wants to know of both families makes two checks.
        guard let address = addresses.first else {
            return Answer(.unknown(ResolveError.notFound("no address").reason))
        }
        // What the path lets through is asked in the second half of the time.
        let remaining = ContinuousClock.now.duration(to: deadline) / (settings.pathMTU == nil ? 1 : 2)
        let spacing = ICMPVerdict.spacing(of: settings, within: remaining)
        let manner = EchoManner(size: settings.size, codePoint: settings.codePoint, isWhole: settings.isWhole)
        let patience = settings.pathMTU == nil ? deadline : .now + remaining
        let result = await engine.ping(
            address, count: settings.count, spacing: spacing, manner: manner, until: patience)
        var answer = ICMPVerdict.answer(to: result, from: address, asking: settings)
        guard let wanted = settings.pathMTU, result.received > 0 else { return answer }
        // A packet that is lost by chance must not be taken for one that is too large.
        let slowest = result.roundTrips.compactMap { $0 }.max() ?? .zero
        let mtu = await PathTracer(engine: engine).mtu(
            to: address, upTo: wanted, patience: max(.milliseconds(100), slowest * 3), codePoint: settings.codePoint,
            until: deadline)
        PathMTUVerdict.add(mtu, wanted: wanted, isFinished: ContinuousClock.now < deadline, to: &answer)
        return answer
    }
}
