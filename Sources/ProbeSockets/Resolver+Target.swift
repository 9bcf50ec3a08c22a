package import ProbeSettings
package import Sockets
package import Vocabulary

/// Why a target was not asked at all.
package struct NotAsked: Error, Hashable, Sendable {
    package var reason: Reason

    package init(_ reason: Reason) {
        self.reason = reason
    }
}

extension Resolver {
    /// Where to ask a target `host` or `host:port`. One address: who wants to know of both families makes two checks.
    package func address(
        of target: String, defaultPort: UInt16, family: AddressFamily?, until deadline: ContinuousClock.Instant
    ) async throws(NotAsked) -> SocketAddress {
        let place: HostPort
        do throws(SettingsError) {
            place = try HostPort(target, defaultPort: defaultPort)
        } catch {
            throw NotAsked(Reason("bad-target", got: error.problem))
        }
        return try await address(of: place, family: family, until: deadline)
    }

    package func address(
        of place: HostPort, family: AddressFamily?, until deadline: ContinuousClock.Instant
    ) async throws(NotAsked) -> SocketAddress {
        do throws(ResolveError) {
            guard var address = try await resolve(place.host, family: family, until: deadline).first else {
                throw .notFound("no address")
            }
            address.port = place.port
            return address
        } catch {
            throw NotAsked(error.reason)
        }
    }
}
