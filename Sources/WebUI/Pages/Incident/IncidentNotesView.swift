import Vocabulary

/// Who has an incident, what people said of it, and the forms that say more.
struct IncidentNotesView: Sendable {
    struct Line: Sendable {
        let time: Moment
        let who: String
        let what: String
        let text: String?
    }

    let holder: String?
    let lines: [Line]
    let areLines: Bool
    let mayAct: Bool
    /// Where the forms lead; nil: there is nothing to acknowledge or to give back.
    let acknowledge: String?
    let release: String?
    let comments: String
    let take: String
    let until: String
    let note: String
    let comment: String
    let longest: String
    let problem: String?

    init(_ page: IncidentPage, _ viewer: Viewer) {
        let (words, address) = (viewer.words.notes, "/incidents/\(page.number)")
        let isOpen = page.row.resolved == nil && !page.isMerged
        holder = page.holder.map { holder in
            viewer.words.incident.isHeld(holder.name, holder.until.map { viewer.calendar.dateAndTime($0) })
        }
        lines = page.notes.map { note in
            let what =
                switch note.kind {
                case .acknowledged(let until?):
                    "\(words.acknowledged), \(viewer.words.maintenance.to(viewer.calendar.dateAndTime(until)))"
                case .acknowledged: words.acknowledged
                case .released: words.released
                case .comment: words.commented
                }
            return Line(
                time: viewer.moment(note.at), who: note.who, what: what, text: note.text.isEmpty ? nil : note.text)
        }
        areLines = !lines.isEmpty
        mayAct = viewer.isAdministrator
        acknowledge = isOpen ? "\(address)/acknowledge" : nil
        release = isOpen && mayAct && page.holder != nil ? "\(address)/release" : nil
        comments = "\(address)/comments"
        take = page.holder == nil ? words.acknowledge : words.takeOver
        (until, note, comment) = (page.draft.until, page.draft.note, page.draft.comment)
        longest = "\(page.longest)"
        problem = page.problem.map(words.problem)
    }
}
