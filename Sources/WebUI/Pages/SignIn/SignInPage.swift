/// Where people sign in: posts `user`, `password`, `return` and `csrf` to `/sign-in`.
package struct SignInPage: Page {
    package enum Notice: Hashable, CaseIterable, Sendable {
        case wrong
        case locked
        case expired
        case signedOut
    }

    package var user: String
    package var notice: Notice?
    /// Where to go afterwards, a path of this site.
    package var returnPath: String

    package init(user: String = "", notice: Notice? = nil, returnPath: String = "/") {
        self.user = user
        self.notice = notice
        self.returnPath = returnPath
    }

    private struct View: Sendable {
        let user: String
        let notice: String?
        let isError: Bool
        let returnPath: String
    }

    package func html(for viewer: Viewer) -> String {
        let words = viewer.words.signIn
        let said =
            switch notice {
            case nil: nil as String?
            case .wrong: words.wrong
            case .locked: words.locked
            case .expired: words.expired
            case .signedOut: words.signedOut
            }
        let view = View(
            user: user, notice: said, isError: notice == .wrong || notice == .locked, returnPath: returnPath)
        return Templates.html("SignIn", Screen(viewer, title: words.title, page: view))
    }
}
