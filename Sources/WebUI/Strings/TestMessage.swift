/// What a receiver reads when somebody tries a route: unmistakably no alert.
package struct TestMessage: Hashable, Sendable {
    package var route: String
    package var person: String

    package init(route: String, person: String) {
        self.route = route
        self.person = person
    }

    package func text(in language: Language) -> (subject: String, body: String) {
        let words = Words.of(language).delivery
        let subject = words.test(route)
        return (subject, "\(subject)\n\(words.nothingIsWrong)\n\(words.askedBy(person))\n")
    }
}

extension Language {
    /// What is put before a message that its receiver may know already.
    package var repeated: String { Words.of(self).delivery.repeated }
}
