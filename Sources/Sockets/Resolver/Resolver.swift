/// Finds the addresses of a name.
package protocol Resolver: Sendable {
    /// The addresses, at least one, best first (RFC 6724); a literal is its own answer. `family` nil means either.
    /// Returns by `deadline` at the latest.
    func resolve(
        _ host: String, family: AddressFamily?, until deadline: ContinuousClock.Instant
    ) async throws(ResolveError) -> [SocketAddress]
}
