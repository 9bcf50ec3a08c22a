import Vocabulary

/// The facts under one first segment.
struct AssetFactGroup: Sendable {
    struct Row: Sendable {
        let path: String
        let value: String
        /// Named where the asset has several sources.
        let source: String?
        let first: String
    }

    let name: String
    let count: String
    let rows: [Row]
    /// Long groups (packages) begin closed.
    let isOpen: Bool

    /// Groups in the order of their first fact, facts as they come.
    static func groups(of facts: [AssetFact], _ viewer: Viewer) -> [AssetFactGroup] {
        let isSourceNamed = Set(facts.map(\.source)).count > 1
        var order: [String] = []
        var rows: [String: [Row]] = [:]
        for fact in facts {
            let segments = fact.fact.segments
            let group = segments.first ?? ""
            if rows[group] == nil { order.append(group) }
            let rest = segments.dropFirst().joined(separator: " / ")
            rows[group, default: []].append(
                Row(
                    path: rest.isEmpty ? group : rest, value: fact.fact.value,
                    source: isSourceNamed ? fact.source : nil,
                    first: viewer.calendar.dateAndTime(fact.firstSeen)))
        }
        return order.map { group in
            let members = rows[group] ?? []
            return AssetFactGroup(
                name: viewer.words.factGroupName(group), count: viewer.numbers.integer(members.count), rows: members,
                isOpen: members.count <= 12)
        }
    }
}
