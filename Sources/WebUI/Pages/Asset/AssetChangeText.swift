import Vocabulary

/// One line of history in words.
struct AssetChangeText: Sendable {
    let time: Moment
    let source: String
    let subject: String
    /// What happened to a fact, e.g. "appeared"; nil for a change of state.
    let verb: String?
    let old: String?
    let new: String?
    let badge: Badge?
    let reason: ReasonText?

    init(_ change: AssetChange, _ viewer: Viewer) {
        let words = viewer.words
        time = viewer.moment(change.time)
        source = change.source
        switch change.what {
        case .fact(let path, let old, let new):
            subject = path
            verb = old == nil ? words.asset.appeared : new == nil ? words.asset.vanished : words.asset.changed
            self.old = old
            self.new = new
            badge = nil
            reason = nil
        case .standing(let check, let standing, let reason):
            subject = check?.rawValue ?? words.column.asset
            verb = nil
            old = nil
            new = nil
            badge = Badge(standing, words)
            self.reason = reason.map(words.sentence)
        }
    }
}
