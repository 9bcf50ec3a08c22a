package import Vocabulary

/// One incident: its root, who has it, what fails with it and what does not, what may be to blame, and why who was told.
package struct IncidentPage: Page {
    package struct Explanation: Hashable, Sendable {
        package var asset: Named
        package var explains: Int
        package var of: Int
        package var failing: Int
        package var below: Int

        package init(asset: Named, explains: Int, of: Int, failing: Int, below: Int) {
            self.asset = asset
            self.explains = explains
            self.of = of
            self.failing = failing
            self.below = below
        }
    }

    /// What was decided, with what belongs to it, as stored.
    package struct Decision: Hashable, Sendable {
        package var time: Instant
        /// What of which asset; empty: of the incident.
        package var subject: String
        package var sentence: DecisionSentence

        package init(at time: Instant, subject: String, sentence: DecisionSentence) {
            self.time = time
            self.subject = subject
            self.sentence = sentence
        }
    }

    package struct Message: Hashable, Sendable {
        package var route: String
        /// `problem`, `worse`, `reminder` or `recovery`.
        package var kind: String
        package var sent: Instant?
        /// Until when it is kept back; nil once it went.
        package var held: Instant?
        /// What went wrong last; empty: nothing, or not for this reader.
        package var problem: String

        package init(route: String, kind: String, sent: Instant?, held: Instant? = nil, problem: String = "") {
            self.route = route
            self.kind = kind
            self.sent = sent
            self.held = held
            self.problem = problem
        }
    }

    package var number: Int64
    package var row: AlertsPage.Row
    /// Every alert of it, the first first.
    package var alerts: [AlertsPage.Row]
    package var unaffected: [Named]
    package var quiet: [Named]
    package var explanations: [Explanation]
    package var messages: [Message]
    package var decisions: [Decision]
    /// The way to what is at its root, as far as it was followed since it failed.
    package var paths: [PathPair] = []
    /// Who has it, and what people did and said, in order of time.
    package var holder: IncidentMessage.Holder?
    package var notes: [Note]
    package var draft: Draft
    package var problem: Problem?
    /// It became part of another.
    package var isMerged = false
    /// As many characters as a note or a comment may have.
    package var longest = 2000

    package init(
        number: Int64, row: AlertsPage.Row, alerts: [AlertsPage.Row] = [], unaffected: [Named] = [],
        quiet: [Named] = [], explanations: [Explanation] = [], messages: [Message] = [], decisions: [Decision] = [],
        holder: IncidentMessage.Holder? = nil, notes: [Note] = [], draft: Draft = Draft(), problem: Problem? = nil
    ) {
        self.number = number
        self.row = row
        self.alerts = alerts
        self.unaffected = unaffected
        self.quiet = quiet
        self.explanations = explanations
        self.messages = messages
        self.decisions = decisions
        self.holder = holder
        self.notes = notes
        self.draft = draft
        self.problem = problem
    }

    private struct ExplanationLine: Sendable {
        let asset: NamedText?
        let evidence: String
    }

    private struct MessageLine: Sendable {
        let route: String
        let kind: String
        let sent, held: Moment?
        let problem: String?
    }

    private struct DecisionLine: Sendable {
        let time: Moment
        let subject: String?
        let text: String
    }

    private struct View: Sendable {
        let number: Int64
        let root: AlertsPage.Line
        let notes: IncidentNotesView
        let alerts: [AlertsPage.Line]
        let unaffected: [NamedText]
        let areUnaffected: Bool
        let quiet: [NamedText]
        let areQuiet: Bool
        let explanations: [ExplanationLine]
        let areExplanations: Bool
        let messages: [MessageLine]
        let areMessages: Bool
        let decisions: [DecisionLine]
        let areDecisions: Bool
        let paths: [PathText]
        let arePaths: Bool
        let total: String
    }

    package func html(for viewer: Viewer) -> String {
        let words = viewer.words.incident
        let kinds = [
            "problem": words.problem, "worse": words.worse, "reminder": words.reminder, "recovery": words.recovery,
        ]
        let view = View(
            number: number, root: AlertsPage.Line(row, viewer), notes: IncidentNotesView(self, viewer),
            alerts: alerts.map { AlertsPage.Line($0, viewer) },
            unaffected: unaffected.compactMap(NamedText.asset), areUnaffected: !unaffected.isEmpty,
            quiet: quiet.compactMap(NamedText.asset), areQuiet: !quiet.isEmpty,
            explanations: explanations.map { each in
                ExplanationLine(
                    asset: NamedText.asset(each.asset),
                    evidence: words.evidence(each.explains, each.of, each.failing, each.below))
            }, areExplanations: !explanations.isEmpty,
            messages: messages.map { each in
                MessageLine(
                    route: each.route, kind: kinds[each.kind] ?? each.kind, sent: each.sent.map(viewer.moment),
                    held: each.held.map(viewer.moment),
                    problem: each.problem.isEmpty ? nil : each.problem)
            }, areMessages: !messages.isEmpty,
            decisions: decisions.map { each in
                DecisionLine(
                    time: viewer.moment(each.time), subject: each.subject.isEmpty ? nil : each.subject,
                    text: each.sentence.text)
            }, areDecisions: !decisions.isEmpty,
            paths: paths.map { PathText($0, viewer, isNamed: true) }, arePaths: !paths.isEmpty,
            total: viewer.words.counted(.alert, alerts.count))
        return Templates.html(
            "Incident",
            Screen(viewer, title: "\(words.title) \(number)", section: .alerts, refreshes: true, page: view))
    }
}
