import Hummingbird

extension Request {
    /// The language of sentences, `vi` or `en`: the query's `language`, without it `en`.
    var language: String {
        get throws {
            let text = uri.queryParameters["language"].map(String.init) ?? "en"
            guard text == "en" || text == "vi" else {
                throw Problem(.badRequest, "bad-language", "language is vi or en, not \"\(text)\"")
            }
            return text
        }
    }
}
