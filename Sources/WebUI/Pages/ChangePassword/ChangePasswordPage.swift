/// Where people set their own password: posts `current`, `new`, `again` and `csrf` to `/password`.
package struct ChangePasswordPage: Page {
    package enum Problem: Hashable, CaseIterable, Sendable {
        case wrongCurrent
        case tooShort
        case different
        case sameAsBefore
        case tooCommon
    }

    /// After a one-time password: nothing else is open until it is done.
    package var isForced: Bool
    package var minimumLength: Int
    package var problem: Problem?

    package init(isForced: Bool, minimumLength: Int = 12, problem: Problem? = nil) {
        self.isForced = isForced
        self.minimumLength = minimumLength
        self.problem = problem
    }

    private struct View: Sendable {
        let lead: String
        let hint: String
        let problem: String?
        let minimumLength: Int
    }

    package func html(for viewer: Viewer) -> String {
        let words = viewer.words.password
        let said =
            switch problem {
            case nil: nil as String?
            case .wrongCurrent: words.wrongCurrent
            case .tooShort: words.atLeast(minimumLength)
            case .different: words.different
            case .sameAsBefore: words.same
            case .tooCommon: words.common
            }
        let view = View(
            lead: isForced ? words.leadForced : words.lead, hint: words.atLeast(minimumLength), problem: said,
            minimumLength: minimumLength)
        return Templates.html("ChangePassword", Screen(viewer, title: words.title, page: view))
    }
}
