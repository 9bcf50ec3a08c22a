import Detection
import Testing
import Vocabulary
import WebUI

/// Everything that can be decided has a sentence in both languages, with its parts in it.
@Suite struct IncidentWordsTests {
    private static let verdicts: [Decision.Verdict] = [
        .opened, .quiet(.maintenance("works", until: Instant(seconds: 9))), .quiet(.hours("office", until: nil)),
        .overran("works"), .quietCause(1, .maintenance("works", until: Instant(seconds: 9))),
        .caused(by: 1, since: Instant(seconds: 9)), .unreachable(since: Instant(seconds: 9)),
        .waits(until: Instant(seconds: 9), .normal, .after(.seconds(30))),
        .waits(until: Instant(seconds: 9), .low, .digest), .noRoute(.core), .alreadyTold,
        .joined(.site("hall"), assets: 3),
        .joined(.shared(1), assets: 3), .joined(.beside(7), assets: 3), .joined(.coincidence, assets: 3),
        .told(.problem, importance: .core), .told(.worse, importance: .core),
        .brief(lasted: .seconds(9), .normal, .after(.seconds(30))), .heldThroughout,
        .flapping(changes: 6, within: .seconds(60)),
        .settles(until: Instant(seconds: 9)), .awaitsNews(after: Instant(seconds: 9)), .stillFailing, .noNews,
        .unknown(Reason("agent-silent")), .resolved, .over, .told(.reminder, importance: .core),
        .acknowledged(by: "lan", until: nil), .acknowledged(by: "lan", until: Instant(seconds: 9)),
        .released(by: "lan"),
        .worseHeld(by: "lan", until: Instant(seconds: 9)), .lapsed(by: "lan"), .handed(by: "lan", from: 7),
    ]

    @Test(arguments: [Language.vietnamese, .english]) func eachVerdictIsASentence(language: Language) {
        for verdict in Self.verdicts {
            let detail = verdict.detail.map { key, value in
                switch value {
                case .text(let text): (key: key, value: text)
                case .asset(let id): (key: key, value: "asset-\(id)")
                }
            }
            let text = DecisionSentence(verdict: verdict.word, detail: detail, language: language).text
            #expect(text.hasSuffix(".") && !text.contains { "{[…".contains($0) }, "\(verdict.word): \(text)")
            #expect(
                text != verdict.word && KnownVerdict.allCases.map(\.rawValue).contains { $0.hasPrefix(verdict.word) })
            for (key, value) in detail where ["asset", "assets", "site", "name", "incident", "changes"].contains(key) {
                #expect(text.contains(value), "\(verdict.word) lacks \(key): \(text)")
            }
            // Each part of what it rests on is in the words: without it they are others.
            for (place, part) in detail.enumerated() where part.key != "cause" {
                var less = detail
                less.remove(at: place)
                let words = DecisionSentence(verdict: verdict.word, detail: less, language: language).text
                #expect(words != text, "\(verdict.word) does not say \(part.key): \(text)")
            }
        }
    }

    /// One part that is another, and the sentence is another.
    @Test func whatADecisionRestsOnIsInItsSentence() {
        let sentence = { (detail: [(key: String, value: String)]) in
            DecisionSentence(verdict: "brief", detail: detail, language: .english).text
        }
        #expect(sentence([(key: "lasted", value: "9")]) != sentence([(key: "lasted", value: "70")]))
        #expect(!sentence([(key: "lasted", value: "9")]).contains("{"))
    }

    /// What was decided before its rule was written down with it, and what others said, which is no template.
    @Test func whatIsNotKnownIsLeftOut() {
        let text = DecisionSentence(verdict: "caused", detail: [(key: "asset", value: "[{lead}]")], language: .english)
        #expect(
            text.text == "It depends on [{lead}], which fails: part of that incident, without a message of its own.")
    }

    @Test func aVerdictFromElsewhereStandsAsItIs() {
        let text = DecisionSentence(verdict: "odd", detail: [(key: "a", value: "b")], language: .vietnamese).text
        #expect(text == "odd, a b")
    }

    @Test(arguments: [(Language.vietnamese, "Lý do: không có gì"), (.english, "Reason: nothing")])
    func aMessageSaysWhatCameInPlainWords(language: Language, line: String) {
        let message = IncidentMessage(
            isRecovery: false, asset: Named("line-hall"), check: "icmp",
            outcome: .down(Reason("no-reply", expected: "an echo reply", got: "nothing")), since: Instant(seconds: 9),
            resolved: nil)
        #expect(message.text(in: language).body.split(separator: "\n").contains { $0 == line })
    }

    private func message(_ isReminder: Bool, _ holder: IncidentMessage.Holder?, _ language: Language) -> String {
        let words = IncidentMessage(
            isRecovery: false, isReminder: isReminder, holder: holder, asset: "codec", check: "icmp",
            outcome: .down(Reason("timeout")), since: Instant(seconds: 0), resolved: nil, others: ["a", "b"]
        ).text(in: language)
        return "\(words.subject)\n\(words.body)"
    }

    @Test func aReminderSaysThatItStillFailsAndWhoHadItUntilWhen() {
        let holder = IncidentMessage.Holder(name: "lan", until: Instant(seconds: 3600))
        let english = message(true, holder, .english)
        #expect(english.hasPrefix("Still down: codec icmp and 2 more: acknowledged by lan until 1970-01-01 08:00:00: "))
        #expect(message(true, holder, .vietnamese).hasPrefix("Vẫn hỏng: codec icmp và 2 mục nữa: lan đã nhận đến "))
        #expect(message(false, holder, .english).contains("\nAcknowledged by lan until 1970-01-01 08:00:00\n"))
        #expect(!message(false, nil, .english).contains("cknowledged"))
    }
}
