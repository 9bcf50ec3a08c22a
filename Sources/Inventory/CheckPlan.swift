package import Vocabulary

/// What has to happen to an asset's checks so that they follow from what is known of it.
package struct CheckPlan: Hashable, Sendable {
    /// A check in service, as the plan needs to know it.
    package struct Current: Hashable, Sendable {
        package var check: Check
        package var created: Instant
        package var vanished: Instant?

        package init(check: Check, created: Instant, vanished: Instant?) {
            self.check = check
            self.created = created
            self.vanished = vanished
        }
    }

    /// New, changed, or called for again.
    package var put: [Check] = []
    /// Called for no longer, from now on.
    package var vanish: [CheckName] = []

    package init(wanted: [Check], current: [Current]) {
        let known = Dictionary(current.map { ($0.check.name, $0) }) { first, _ in first }
        put = wanted.filter { check in
            guard let known = known[check.name] else { return true }
            return known.check != check || known.vanished != nil
        }
        let names = Set(wanted.map(\.name))
        vanish = current.filter { !names.contains($0.check.name) && $0.vanished == nil }.map(\.check.name)
    }

    /// Whether a vanished check has outlived what called for it long enough.
    ///
    /// A service that stops takes its listening port away, and must then be seen to be down: so its check outlives
    /// the port by as long as the port was there, one day at most. A port that was open for a minute leaves no
    /// red check behind for longer than another minute.
    package static func isSpent(_ current: Current, at now: Instant) -> Bool {
        guard let vanished = current.vanished else { return false }
        let lived = max(.zero, vanished - current.created)
        return now - vanished >= min(lived, .seconds(86_400))
    }
}
