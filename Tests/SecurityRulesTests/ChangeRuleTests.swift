import SecurityRules
import Testing
import Vocabulary

struct ChangeRuleTests {
    private let time = Instant(seconds: 1_680_000_000)

    @Test
    func oneRunIsOneFindingWithAllThatItDid() throws {
        let before = ["a:amd64": "1", "b:all": "1", "c:all": "1"]
        let now = ["a:amd64": "2", "c:all": "1", "d:all": "7"]
        let finding = try #require(PackageRule.apply(before: before, now: now, changed: time))
        #expect(finding.subject == "d:all, a:amd64, b:all" && finding.count == 3 && finding.severity == .low)
        #expect(
            finding.evidence == [
                .init("installed", "d:all 7"), .init("upgraded", "a:amd64 1 → 2"), .init("removed", "b:all 1"),
            ])
        #expect(PackageRule.apply(before: now, now: now, changed: time) == nil)
        #expect(PackageRule.apply(before: nil, now: now, changed: time) == nil)
    }

    @Test
    func aReleaseUpgradeStaysReadable() throws {
        let now = Dictionary(
            uniqueKeysWithValues: (0..<3000).map { ("package-with-a-long-name-\($0):amd64", "1.0-\($0)") })
        let finding = try #require(PackageRule.apply(before: [:], now: now, changed: time))
        #expect(finding.count == 3000 && finding.evidence.allSatisfy { $0.text.utf8.count <= 8000 })
    }

    private func certificate(_ print: String, days: Int) -> CertificateRule.Seen {
        .init(place: "/etc/ssl/portal.pem", fingerprint: print, subject: "portal", ends: time + .seconds(days * 86_400))
    }

    @Test
    func aSwappedCertificateIsFoundOnce() {
        var rule = CertificateRule()
        #expect(rule.apply([certificate("a", days: 90)], at: time).isEmpty)
        #expect(rule.apply([certificate("b", days: 90)], at: time).map(\.rule) == [RuleName.certificateChanged])
        #expect(rule.apply([certificate("b", days: 90)], at: time).isEmpty)
        #expect(rule.apply([], at: time).isEmpty && rule.apply([certificate("b", days: 90)], at: time).isEmpty)
    }

    @Test
    func oneThatEndsSoonIsFoundOnceAndAcrossARestart() {
        var rule = CertificateRule()
        #expect(rule.apply([certificate("a", days: 15)], at: time).isEmpty)
        let found = rule.apply([certificate("a", days: 15)], at: time + .seconds(2 * 86_400))
        #expect(found.map(\.rule) == [RuleName.certificateExpiring] && found.first?.severity == .medium)
        var memory = MemoryText()
        rule.remember(in: &memory)
        var again = CertificateRule(memory: MemoryText.lines(memory.text))
        #expect(again.apply([certificate("a", days: 15)], at: time + .seconds(3 * 86_400)).isEmpty)
        #expect(again.apply([certificate("b", days: -1)], at: time).map(\.severity) == [.low, .high])
    }
}
