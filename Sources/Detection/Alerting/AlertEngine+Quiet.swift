package import Vocabulary

/// Maintenance and hours begin and end.
extension AlertEngine {
    /// Takes what is quiet from now on.
    package mutating func take(quiet: [Int64: Quiet], at now: Instant) -> [Effect] {
        guard quiet != self.quiet || !silenced.isEmpty else { return [] }
        let before = self.quiet
        self.quiet = quiet
        var effects: [Effect] = []
        for var alert in alerts.values.sorted(by: { $0.id < $1.id }) {
            let isQuiet = quiet[alert.asset] != nil || quietCause(of: alert.asset) != nil
            if isQuiet, alert.hold == nil, !alert.subject.isFinding, incidents[alert.incident]?.told == nil {
                alert.hold = .quiet
                keep(alert, &effects)
                if let why = quiet[alert.asset] { effects.append(decided(.quiet(why), alert, at: now)) }
            } else if !isQuiet, alert.hold == .quiet {
                alert.hold = nil
                alert.ready = now
                keep(alert, &effects)
                guard let incident = incidents[alert.incident], let due = due(incident) else { continue }
                effects.append(decided(.waits(until: due), alert, at: now))
            }
        }
        // What others depend on first: it may be to blame for the rest.
        let waiting = silenced.values.sorted {
            (dependencies.above($0.asset).count, $0.since, $0.asset) < (
                dependencies.above($1.asset).count, $1.since, $1.asset
            )
        }
        for news in waiting where quiet[news.asset] == nil {
            let known = silenced.removeValue(forKey: news.subject)
            guard quietCause(of: news.asset) == nil else {
                silenced[news.subject] = known
                continue
            }
            let overran: String? = if case .maintenance(let name, _) = before[news.asset] { name } else { nil }
            open(news, ready: now, overran: overran, at: now, &effects)
            if reachFails(news.asset) { gather(news.asset, at: now, &effects) }
        }
        return effects
    }
}
