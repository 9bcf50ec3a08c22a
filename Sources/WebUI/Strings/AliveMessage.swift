/// What a receiver reads once a week.
package struct AliveMessage: Hashable, Sendable {
    /// How many assets are watched, and how many alerts are open.
    package var watched: Int
    package var problems: Int

    package init(watched: Int, problems: Int) {
        self.watched = watched
        self.problems = problems
    }

    package func text(in language: Language) -> (subject: String, body: String) {
        let words = Words.of(language)
        let subject = words.delivery.alive(words.counted(.asset, watched), words.counted(.alert, problems))
        return (subject, "\(subject)\n\(words.delivery.aliveWhy)\n")
    }
}
