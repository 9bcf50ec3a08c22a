import Vocabulary

/// Who describes the asset, and when that source last did: a source speaks of all its facts at once.
struct AssetFactSource: Sendable {
    let name: String
    let last: Moment

    /// The sources in order of name.
    static func sources(of facts: [AssetFact], _ viewer: Viewer) -> [AssetFactSource] {
        let last = Dictionary(facts.map { ($0.source, $0.lastSeen) }, uniquingKeysWith: max)
        return last.sorted { $0.key < $1.key }.map { AssetFactSource(name: $0.key, last: viewer.moment($0.value)) }
    }
}
