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
            let why = whyQuiet(alert.asset)
            if let why, alert.hold == nil, !alert.subject.isFinding, incidents[alert.incident]?.told == nil {
                alert.hold = .quiet
                keep(alert, &effects)
                effects.append(decided(why, alert, at: now))
            } else if why == nil, alert.hold == .quiet {
                alert.hold = nil
                alert.ready = now
                keep(alert, &effects)
                guard let incident = incidents[alert.incident] else { continue }
                let verdict = due(incident).map {
                    Decision.Verdict.waits(until: $0, importance(of: incident), patience(of: incident))
                }
                effects.append(decided(verdict ?? .alreadyTold, alert, at: now))
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
            // What it lasted while quiet is no patience, should it be over at once.
            var counted = news
            counted.confirmed = now
            open(counted, ready: now, overran: overran, at: now, &effects)
            if does(.lossy, news.asset) { gather(news.asset, at: now, &effects) }
        }
        return effects
    }

    /// Why nobody is told of an asset's failures: it is quiet, or what it depends on is.
    func whyQuiet(_ asset: Int64) -> Decision.Verdict? {
        if let own = quiet[asset] { return .quiet(own) }
        return quietCause(of: asset).map { .quietCause($0.asset, $0.quiet) }
    }
}
