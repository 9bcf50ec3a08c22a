package import Conferences
import Vocabulary

/// Why a site cannot take part in a conference, as one sentence; of one that can, that it can.
package struct ReadinessSentence: Hashable, Sendable {
    package let text: String

    /// - Parameters:
    ///   - blame: what people call the thing elsewhere that is to blame.
    ///   - sharing: how many sites it takes with it, this one included.
    package init(_ site: SiteReadiness, blame title: String, sharing: Int, language: Language) {
        let words = Words.of(language)
        guard let gate = site.gate, let standing = site.standing else {
            text = words.conference.verdict(site.verdict)
            return
        }
        let own = Self.text(gate, standing, language)
        guard let blame = site.blame, gate <= .codec, standing.state == .down || standing.state == .degraded else {
            text = own
            return
        }
        let name = blame.asset.isEmpty ? words.incident.unseenAsset : title.isEmpty ? blame.asset : title
        let others = max(0, sharing - 1)
        text =
            standing.state == .down ? words.conference.cutOff(name, others) : words.conference.impaired(name, others)
    }

    /// What one gate says of itself.
    static func text(_ gate: Gate, _ standing: GateStanding, _ language: Language) -> String {
        let words = Words.of(language)
        let calendar = WallCalendar(language: language, offsetMinutes: 420)
        let until = standing.until.map { "\(calendar.date($0)) \(calendar.hourAndMinute($0))" }
        switch standing.state {
        case .ok, .notWatched: return words.conference.state(standing.state)
        case .behind:
            return words.conference.state(.behind) + (standing.behind.map { ": \(words.conference.gate($0))" } ?? "")
        case .maintenance:
            let text = until.map { words.maintenance.inUntil($0) } ?? words.maintenance.inWithoutEnd
            return standing.name.isEmpty ? text : "\(text): \(standing.name)"
        case .outsideHours:
            return until.map { words.maintenance.outsideUntil($0) } ?? words.maintenance.outsideWithoutEnd
        case .degraded, .down, .unknown: break
        }
        let reason = standing.reason ?? .unstated
        if gate == .certificate, let end = standing.until {
            if reason.code == "certificate-expired" { return words.conference.expired(calendar.date(end)) }
            if reason.code == "certificate-expiring" { return words.conference.expires(calendar.date(end)) }
        }
        if let known = KnownTrouble(gate: gate, state: standing.state, code: reason.code) {
            return words.conference.trouble(known)
        }
        let general = words.sentence(reason).headline
        let isOfItsOwn = gate == .certificate && reason.code.hasPrefix("certificate-")
        return isOfItsOwn ? general : "\(words.conference.gate(gate)): \(general)"
    }
}
