package import Vocabulary

/// Whether the agent itself has lost the network: then what it does not see is unknown, and not down.
///
/// Surely so when no interface has a carrier, which the caller knows. Otherwise only when nothing at all answers: at
/// least three targets in at least two networks are silent, and nothing beyond this machine that answered before has
/// answered since. One answer from anywhere ends it, and what is still silent then is down.
package struct Vantage: Hashable, Sendable {
    package static let noCarrier = "no-carrier"
    package static let nothingAnswers = "nothing-answers"
    package static let reasons: Set<String> = [noCarrier, nothingAnswers]
    private static let (targets, networks) = (3, 2)

    /// When the newest ask that was answered began.
    private var heard: Instant?
    /// Targets that are silent, and since when.
    private var silent: [String: Instant] = [:]

    package init() {}

    package mutating func heard(_ place: Place, asked: Instant) {
        guard !place.isOwn else { return }
        heard = max(heard ?? asked, asked)
        if !silent.isEmpty { silent[place.host] = nil }
    }

    package mutating func missed(_ place: Place, asked: Instant) {
        guard !place.isOwn, silent[place.host] == nil else { return }
        silent[place.host] = asked
    }

    /// Targets that are no longer asked say nothing any more.
    package mutating func forget() {
        silent = [:]
    }

    /// Why nothing can be said of this target, which is silent.
    package func blindness(of place: Place) -> Reason? {
        guard !place.isOwn, let heard, let since = silent[place.host] else { return nil }
        let along = silent.filter { $0.value > heard }
        guard heard < since, along.count >= Self.targets else { return nil }
        guard Set(along.keys.map(Self.network)).count >= Self.networks else { return nil }
        return Reason(
            Self.nothingAnswers, expected: "an answer from anywhere", got: "\(along.count) targets are silent")
    }

    /// The first three numbers of an IPv4 address; any other host is a network of its own.
    private static func network(_ host: String) -> String {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return isAddress ? parts.dropLast().joined(separator: ".") : host
    }
}

extension Vantage {
    /// Where a target stands.
    package struct Place: Hashable, Sendable {
        package let host: String
        /// On this machine: it answers itself without any network.
        package let isOwn: Bool

        /// `target`: `host`, `host:port`, `[host]:port` or a URL.
        package init(of target: String) {
            host = Self.host(target)
            isOwn = host.isEmpty || host == "localhost" || host == "::1" || host.hasPrefix("127.")
        }

        private static func host(_ target: String) -> String {
            var rest = target[...]
            if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
            rest = rest.prefix { $0 != "/" }
            if rest.first == "[" { return String(rest.dropFirst().prefix { $0 != "]" }) }
            if rest.count(where: { $0 == ":" }) == 1 { rest = rest.prefix { $0 != ":" } }
            return String(rest)
        }
    }
}
