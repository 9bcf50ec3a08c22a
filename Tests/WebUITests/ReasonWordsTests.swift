import Foundation
import Testing
import Vocabulary
import WebUI

/// Reasons are written all over the agent; what they say must be worded here. So the sources are read.
@Suite struct ReasonWordsTests {
    @Test func theSourcesAreFound() throws {
        #expect(try Self.literals(#/Reason\(\s*"([^"]+)"/#).count > 20)
        #expect(try Self.literals(Self.argument("expected")).count > 20)
    }

    @Test func everyCodeIsWorded() throws {
        // Codes chosen by a switch before they go into a reason stand there as `case …: "code"`.
        let chosen = try Self.literals(#/let code =\s*switch [^{]*\{([^}]*)\}/#)
            .flatMap { $0.matches(of: /:\s*"([^"]+)"/).map { String($0.1) } }
        #expect(chosen.contains("unreachable"))
        let codes = try Self.literals(#/Reason\(\s*"([^"]+)"/#) + chosen
        for code in Set(codes).sorted() {
            #expect(KnownReason(rawValue: code) != nil, "no words for the reason \(code)")
        }
    }

    @Test func everyStepIsWorded() throws {
        for step in Set(try Self.literals(Self.argument("step"))).sorted() where !step.isEmpty {
            #expect(KnownStep(rawValue: step) != nil, "no words for the step \(step)")
        }
    }

    @Test func everythingExpectedIsWorded() throws {
        for text in Set(try Self.literals(Self.argument("expected"))).sorted() {
            // Without letters it is a value with signs, the same in every language.
            guard text.replacing("{}", with: "").contains(where: \.isLetter) else { continue }
            #expect(KnownPhrase(rawValue: text) != nil, "no words for the expected \"\(text)\"")
        }
    }

    /// Only the plain texts: with a value in them they are mostly the system's words.
    @Test func everythingPlainThatCameIsWorded() throws {
        for text in Set(try Self.literals(Self.argument("got"))).sorted() where !text.contains("{}") {
            #expect(KnownPhrase(rawValue: text) != nil, "no words for the got \"\(text)\"")
        }
    }

    @Test func everyFactGroupAndBlindSpotIsWorded() throws {
        for group in Set(try Self.literals(#/Fact\(\s*"([^"]+)"/#)).sorted() {
            #expect(KnownFactGroup(rawValue: group) != nil, "no words for the facts \(group)")
        }
        for spot in Set(try Self.literals(#/BlindSpot\(\s*"([^"]+)"/#)).sorted() {
            #expect(KnownBlindSpot(rawValue: spot) != nil, "no words for the blind spot \(spot)")
        }
    }

    @Test func everyActionIsWorded() throws {
        let actions = try ["action", "audit", "created", "updated", "removed"].flatMap { argument in
            try Self.literals(Self.argument(argument))
        }
        #expect(actions.count > 3)
        for action in Set(actions).sorted() {
            #expect(KnownAction(rawValue: action) != nil, "no words for the action \(action)")
        }
    }

    @Test(arguments: [
        ("at most 5 redirects", "nhiều nhất 5 lần chuyển hướng"), ("at most 900 ms", "nhiều nhất 900 ms"),
        ("an answer in 2.5 s", "trả lời trong 2.5 giây"), ("a body with \"x with y\"", "nội dung có “x with y”"),
        ("6 days, until 2023-04-11T00:00:00.000Z", "6 ngày, đến 2023-04-11T00:00:00.000Z"),
        ("12 of 900 MiB", "12 trên 900 MiB"), ("a connection", "kết nối được"),
    ])
    func aPhraseIsSaidWithItsValues(_ text: String, vietnamese: String) {
        #expect(Self.shown(text).contains("<span class=\"pair\">cần \(vietnamese)</span>"))
    }

    @Test(arguments: ["200", "< 90 %", "Connection refused", "at most  redirects", "", "at most 5 redirects."])
    func whatIsNoPhraseStandsAsItIs(_ text: String) {
        let escaped = text.replacing("<", with: "&lt;")
        let html = Self.shown(text)
        #expect(text.isEmpty ? !html.contains("class=\"pair\"") : html.contains("cần <code>\(escaped)</code>"))
    }

    @Test func everyPhraseHasItsPlacesInBothLanguages() {
        for phrase in KnownPhrase.allCases {
            let places = phrase.rawValue.matches(of: /\{\}/).count
            for language in Language.allCases {
                let worded = Words.of(language).phrase(phrase).matches(of: /\{\}/).count
                #expect(worded == places, "\(phrase)")
            }
        }
    }

    private static func shown(_ expected: String) -> String {
        var page = Samples.emptyOverview
        page.troubles = [
            .init(
                asset: "a", site: "", standing: .down, reason: Reason("timeout", expected: expected),
                since: Samples.now)
        ]
        return page.html(for: Samples.viewer(.vietnamese))
    }

    private static func argument(_ name: String) -> Regex<(Substring, Substring)> {
        switch name {
        case "expected": #/expected:\s*"((?:[^"\\]|\\.)*)"/#
        case "got": #/got:\s*"((?:[^"\\]|\\.)*)"/#
        case "action": #/action:\s*"((?:[^"\\]|\\.)*)"/#
        case "created": #/created:\s*"((?:[^"\\]|\\.)*)"/#
        case "updated": #/updated:\s*"((?:[^"\\]|\\.)*)"/#
        case "removed": #/removed:\s*"((?:[^"\\]|\\.)*)"/#
        case "audit": #/audit:\s*"((?:[^"\\]|\\.)*)"/#
        default: #/step:\s*"((?:[^"\\]|\\.)*)"/#
        }
    }

    /// What the pattern finds in the product's sources, with `{}` for what is put in.
    private static func literals(_ pattern: Regex<(Substring, Substring)>) throws -> [String] {
        try sources().flatMap { source in source.matches(of: pattern).map { placed(String($0.1)) } }
    }

    private static func placed(_ literal: String) -> String {
        var text = ""
        var rest = literal[...]
        while let start = rest.firstRange(of: "\\(") {
            text += rest[..<start.lowerBound]
            var depth = 1
            var place = start.upperBound
            while depth > 0, place < rest.endIndex {
                depth += rest[place] == "(" ? 1 : rest[place] == ")" ? -1 : 0
                place = rest.index(after: place)
            }
            text += "{}"
            rest = rest[place...]
        }
        return (text + rest).replacing("\\\"", with: "\"")
    }

    /// Without the dead-man's: it words what it says by itself, because it says it where the collector does not.
    private static func sources() throws -> [String] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var texts: [String] = []
        for folder in ["Probes", "Agents", "Sources"] {
            let files = FileManager.default.enumerator(
                at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
            for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
                let parts = file.pathComponents
                guard Set(parts).isDisjoint(with: ["Tests", "WebUI", "Generated", "CollectorWatch"]) else { continue }
                texts.append(try String(contentsOf: file, encoding: .utf8))
            }
        }
        return texts
    }
}
