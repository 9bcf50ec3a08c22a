import Vocabulary

/// The agents in words, ready for the template.
struct AgentsView: Sendable {
    struct Row: Sendable {
        let name: String
        let site: String
        let version: String
        let badge: Badge
        let seen: Moment?
        let lag: String
        let spooled: String
        let dropped: String?
        let clock: String
        let blind: [AssetView.Blind]
        let isBlind: Bool
        /// Who else reports as this agent, and from where the agent itself does.
        let clones: String?

        init(_ row: AgentsPage.Row, _ viewer: Viewer) {
            let words = viewer.words
            let numbers = viewer.numbers
            name = row.name
            site = row.site
            version = row.version
            badge = Badge(row.standing, words)
            seen = row.lastSeen.map(viewer.moment)
            lag = row.lag.map { numbers.value(max(0, $0.inSeconds), .seconds) } ?? "–"
            spooled = numbers.integer(row.spooled)
            let kinds = [
                (row.droppedSamples, words.agents.samples), (row.droppedStates, words.agents.states),
                (row.droppedFindings, words.agents.findings),
            ]
            let lost = kinds.filter { $0.0 > 0 }.map { "\(numbers.integer($0.0)) \($0.1)" }
            dropped = lost.isEmpty ? nil : lost.joined(separator: ", ")
            clock =
                row.clockOffset.map { offset in
                    (offset > .zero ? "+" : "") + numbers.value(offset.inSeconds, .seconds)
                } ?? "–"
            blind = row.blindSpots.map {
                AssetView.Blind(
                    name: words.blindSpotName($0.code), detail: $0.detail, command: $0.remedy,
                    isCommand: !$0.remedy.isEmpty)
            }
            isBlind = !blind.isEmpty
            clones = row.clones.isEmpty ? nil : words.agents.cloned(row.origin, row.clones.joined(separator: ", "))
        }
    }

    let rows: [Row]
    let areRows: Bool
    let command: String
    let total: String
}
