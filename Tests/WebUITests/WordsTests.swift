import Testing
import Vocabulary
import WebUI

@Suite struct WordsTests {
    @Test(arguments: Language.allCases)
    func noPhraseIsEmpty(_ language: Language) {
        let phrases = Self.phrases(Words.of(language))
        #expect(phrases.count > 150)
        #expect(phrases.filter { $0.value.isEmpty }.map(\.key) == [])
    }

    @Test func bothLanguagesHaveTheSameKeys() {
        let vietnamese = Set(Self.phrases(Words.of(.vietnamese)).keys)
        #expect(vietnamese == Set(Self.phrases(Words.of(.english)).keys))
    }

    @Test(arguments: Language.allCases)
    func everyCodeIsWordedAndNoTwoReasonsAlike(_ language: Language) {
        let words = Words.of(language)
        let reasons = KnownReason.allCases.map(words.reason)
        #expect(Set(reasons).count == KnownReason.allCases.count)
        let all =
            reasons + KnownStep.allCases.map(words.step) + KnownBlindSpot.allCases.map(words.blindSpot)
            + KnownClass.allCases.map(words.assetClass) + KnownFactGroup.allCases.map(words.factGroup)
            + KnownPhrase.allCases.map(words.phrase) + KnownSubject.allCases.map(words.subject)
            + KnownAction.allCases.map(words.action) + KnownFinding.allCases.map(words.finding)
            + KnownEvidence.allCases.map(words.evidence) + Severity.allCases.map(words.severity)
            + KnownLevel.allCases.map(words.level) + KnownField.allCases.map(words.field)
            + Standing.allCases.map(words.standing)
        #expect(!all.contains(""))
    }

    @Test func theLanguagesDoNotShareReasons() {
        let vietnamese = Set(KnownReason.allCases.map(Words.of(.vietnamese).reason))
        #expect(vietnamese.isDisjoint(with: KnownReason.allCases.map(Words.of(.english).reason)))
    }

    @Test func templatesNameOnlyPhrasesThatExist() {
        let known = Set(Self.phrases(Words.of(.english)).keys)
        for (name, bytes) in Templates.sources {
            let text = String(decoding: bytes, as: UTF8.self)
            for match in text.matches(of: /\{\{text\.([A-Za-z.]+)\}\}/) {
                #expect(known.contains(String(match.1)), "\(name): \(match.1)")
            }
        }
    }

    @Test func templatesHoldNoWordsOfTheirOwn() {
        for (name, bytes) in Templates.sources {
            let bare = String(decoding: bytes, as: UTF8.self).replacing(/\{\{[^}]*\}?\}\}/, with: "")
                .replacing(/<[^>]*>/, with: " ")
            #expect(!bare.contains { $0.isLetter }, "\(name): \(bare)")
        }
    }

    @Test func everyTemplateParses() {
        #expect(Templates.faults == [])
    }

    @Test(arguments: [
        (Duration.milliseconds(-1500), "vừa xong", "just now"), (.seconds(3), "3 giây trước", "3 s ago"),
        (.seconds(185), "3 phút trước", "3 min ago"), (.seconds(7300), "2 giờ trước", "2 h ago"),
        (.seconds(86_400), "1 ngày trước", "1 day ago"), (.seconds(200_000), "2 ngày trước", "2 days ago"),
    ])
    func spansAreSaidInOneUnit(_ span: Duration, vietnamese: String, english: String) {
        #expect(Words.of(.vietnamese).ago(span) == vietnamese)
        #expect(Words.of(.english).ago(span) == english)
    }

    @Test func pluralsFollowTheLanguage() {
        #expect(Words.of(.english).counted(.site, 1) == "1 site")
        #expect(Words.of(.english).counted(.site, 1200) == "1,200 sites")
        #expect(Words.of(.vietnamese).counted(.site, 1200) == "1.200 điểm cầu")
    }

    @Test func datesFollowTheLanguageAndTheOffset() {
        let instant = Instant(seconds: 1_680_674_828)
        #expect(WallCalendar(language: .english, offsetMinutes: 0).dateAndTime(instant) == "2023-04-05 06:07:08")
        #expect(WallCalendar(language: .vietnamese, offsetMinutes: 420).dateAndTime(instant) == "05/04/2023 13:07:08")
        #expect(
            WallCalendar(language: .english, offsetMinutes: -570).dateAndTime(Instant(seconds: 0))
                == "1969-12-31 14:30:00")
    }

    @Test(arguments: [
        (0.000_42, ChartUnit.seconds, "420 µs", "420 µs"), (0.0123, .seconds, "12,3 ms", "12.3 ms"),
        (90, .seconds, "90 s", "90 s"), (-0.5, .seconds, "−500 ms", "−500 ms"), (0, .bytes, "0 B", "0 B"),
        (3_221_225_472, .bytes, "3 GiB", "3 GiB"), (1536, .bytesPerSecond, "1,5 KiB/s", "1.5 KiB/s"),
        (0.125, .ratio, "12,5\u{202F}%", "12.5\u{202F}%"), (1_234_567, .count, "1.234.567", "1,234,567"),
        (.infinity, .count, "–", "–"), (-0.001, .count, "0", "0"),
    ])
    func numbersFollowTheLanguage(_ number: Double, unit: ChartUnit, vietnamese: String, english: String) {
        #expect(NumberFormat(language: .vietnamese).value(number, unit) == vietnamese)
        #expect(NumberFormat(language: .english).value(number, unit) == english)
    }

    /// Every plain string of the catalogue under its path, e.g. `overview.title`.
    static func phrases(_ words: Words) -> [String: String] {
        var phrases: [String: String] = [:]
        for group in Mirror(reflecting: words).children {
            for phrase in Mirror(reflecting: group.value).children {
                guard let group = group.label, let key = phrase.label, let text = phrase.value as? String else {
                    continue
                }
                phrases["\(group).\(key)"] = text
            }
        }
        return phrases
    }
}
