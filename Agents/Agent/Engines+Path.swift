import AgentKit
import Sockets
import Vocabulary

extension Engines {
    /// Follows the path to the target of a check; nil when it could not be asked for.
    func followPath(of check: Check) async -> FollowedPath? {
        let deadline = ContinuousClock.now + .seconds(60)
        let family = check.settings["family"].flatMap { Int($0) }.flatMap(AddressFamily.init(rawValue:))
        let target: SocketAddress
        do throws(ResolveError) {
            guard let first = try await resolver.resolve(check.target, family: family, until: deadline).first else {
                return nil
            }
            target = first
        } catch {
            // Of a name that has no address the check itself speaks.
            return nil
        }
        let trace = await PathTracer(engine: icmp).trace(target, tries: 1, until: deadline)
        let hops = trace.hops.map { hop in
            Path.Hop(address: hop.answerers.first?.literal ?? "", roundTrip: hop.roundTrips.min())
        }
        switch trace.end {
        case .reached: return FollowedPath(hops: hops, end: .reached)
        case .refused(let fault): return FollowedPath(hops: hops, end: .refused, detail: fault.kind.rawValue)
        case .silent: return FollowedPath(hops: hops, end: .silent)
        case .unfinished: return nil
        }
    }
}
