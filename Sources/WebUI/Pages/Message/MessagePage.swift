/// What somebody sees when a request was not served.
package struct MessagePage: Page {
    package enum Kind: Hashable, CaseIterable, Sendable {
        case forbidden
        case notFound
        case tooManyRequests
        case serverError

        package var status: Int {
            switch self {
            case .forbidden: 403
            case .notFound: 404
            case .tooManyRequests: 429
            case .serverError: 500
            }
        }
    }

    package var kind: Kind
    /// What the log calls this request.
    package var requestID: String

    package init(_ kind: Kind, requestID: String) {
        self.kind = kind
        self.requestID = requestID
    }

    private struct View: Sendable {
        let status: Int
        let title: String
        let lead: String
        let requestID: String
    }

    package func html(for viewer: Viewer) -> String {
        let words = viewer.words.message
        let (title, lead) =
            switch kind {
            case .forbidden: (words.forbidden, words.forbiddenLead)
            case .notFound: (words.notFound, words.notFoundLead)
            case .tooManyRequests: (words.tooMany, words.tooManyLead)
            case .serverError: (words.failure, words.failureLead)
            }
        let view = View(status: kind.status, title: title, lead: lead, requestID: requestID)
        return Templates.html("Message", Screen(viewer, title: title, page: view))
    }
}
