import Vocabulary

/// Somebody has an incident, and said until when: what became worse is not told before, and what still fails then is.
///
/// Nothing else is held by it. What nobody was told of is told, something more important goes to whoever is responsible
/// for that, and a recovery goes to whoever got the problem.
extension AlertEngine {
    /// When somebody's time with an incident is over; nil: they set no end, or nobody could say now that it still fails.
    func lapse(of incident: Incident) -> Instant? {
        guard incident.mergedInto == nil, let until = incident.acknowledged?.until else { return nil }
        return incident.told == nil || isSeenToFail(incident) ? until : nil
    }

    /// Whether any of it is known to fail, and is not quiet.
    private func isSeenToFail(_ incident: Incident) -> Bool {
        open(in: incident).contains { alert in
            guard !alert.subject.isFinding else { return true }
            let state = beliefs[alert.subject]?.state
            return (state == .down || state == .degraded) && quiet[alert.asset] == nil
                && quietCause(of: alert.asset) == nil
        }
    }

    /// Their time is over: whoever was told of it hears that it still fails.
    mutating func lapse(_ incident: Incident, at now: Instant, _ effects: inout [Effect]) {
        guard let acknowledged = incident.acknowledged else { return }
        var incident = incident
        incident.acknowledged = nil
        keep(incident, &effects)
        effects.append(.lapsed(incident: incident.id))
        effects.append(.decided(Decision(at: now, .lapsed(by: acknowledged.by), incident: incident.id)))
        guard let importance = incident.toldAs, incident.told != nil else { return }
        say(.reminder, of: incident, importance: importance, at: now, &effects)
    }

    /// An incident that was told becomes larger than what somebody knew when they said that they have it: another has
    /// taken it, or it goes on under another root. They have it all the same, and nothing of it is held back any more.
    mutating func handOver(from lost: Int64, to kept: Int64, at now: Instant, _ effects: inout [Effect]) {
        guard var one = incidents[lost], one.told != nil, let held = one.acknowledged else { return }
        guard
            lost == kept
                ? held.until != nil : incidents[kept].map({ $0.told != nil && $0.acknowledged == nil }) ?? false
        else { return }
        one.acknowledged = nil
        keep(one, &effects)
        guard var other = incidents[kept] else { return }
        other.acknowledged = Acknowledgement(by: held.by)
        keep(other, &effects)
        effects.append(.handed(from: lost, to: kept))
        effects.append(.decided(Decision(at: now, .handed(by: held.by, from: lost), incident: kept)))
    }
}
