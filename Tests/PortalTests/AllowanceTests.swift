import Portal
import Testing
import Vocabulary

@Suite struct AllowanceTests {
    private let start = Instant(seconds: 1_700_000_000)

    private func emptied() -> Allowance {
        var allowance = Allowance(capacity: 3, refill: .seconds(60))
        for _ in 0..<3 { #expect(allowance.take("a", at: start) == nil) }
        return allowance
    }

    @Test func aKeyHasItsCapacityAndThenWaits() {
        var allowance = emptied()
        #expect(allowance.take("a", at: start) == .seconds(60))
        #expect(allowance.take("a", at: start + .seconds(45)) == .seconds(15))
        #expect(allowance.take("a", at: start + .seconds(60)) == nil)
        #expect(allowance.take("a", at: start + .seconds(60)) == .seconds(60))
    }

    @Test func keysDoNotShare() {
        var allowance = emptied()
        #expect(allowance.take("b", at: start) == nil)
        #expect(allowance.take("", at: start) == nil)
    }

    @Test func waitingFillsUpToTheCapacityAndNoFurther() {
        var allowance = emptied()
        let later = start + .seconds(86_400)
        for _ in 0..<3 { #expect(allowance.take("a", at: later) == nil) }
        #expect(allowance.take("a", at: later) != nil)
    }

    @Test func askingInVainCostsNothing() {
        var allowance = emptied()
        for second in 1...59 { #expect(allowance.take("a", at: start + .seconds(Int64(second))) != nil) }
        #expect(allowance.take("a", at: start + .milliseconds(60_001)) == nil)
    }

    @Test func whoProvesToBeRightHasAllAgain() {
        var allowance = emptied()
        allowance.forgive("b")
        #expect(allowance.take("a", at: start) != nil)
        allowance.forgive("a")
        for _ in 0..<3 { #expect(allowance.take("a", at: start) == nil) }
    }

    @Test(arguments: [Instant(microseconds: .min), Instant(seconds: 0), Instant(seconds: 1_699_999_999)])
    func aClockThatGoesBackRefillsNothing(past: Instant) {
        var allowance = emptied()
        #expect(allowance.take("a", at: past) == .seconds(60))
        #expect(allowance.take("a", at: past + .seconds(30)) == .seconds(30))
    }

    @Test func manyKeysDoNotFreeTheOneThatIsHeldBack() {
        var allowance = emptied()
        for number in 0..<9_999 { _ = allowance.take("k\(number)", at: start - .seconds(86_400)) }
        #expect(allowance.take("new", at: start) == nil)
        #expect(allowance.take("a", at: start) != nil)
    }
}

@Suite struct OwnPathTests {
    @Test(arguments: ["/", "/assets", "/assets?q=a%20b&c=d", "/assets/web-1#facts", "/a//b", "/máy-chủ", "/a b"])
    func aPathOfOursStays(path: String) {
        #expect(path.ownPath == path)
    }

    @Test(
        arguments: [
            "", "assets", "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example",
            "/\t/evil.example",
            "/\r/evil.example", "/\n/evil.example", "/\r\n/evil.example", "/a\r\nSet-Cookie: b", "\t//evil.example",
            "/\u{0}/evil.example", "/\u{7f}/evil.example", "/a\\b",
        ])
    func anythingElseIsTheFirstPage(path: String) {
        #expect(path.ownPath == "/")
    }

    @Test(
        arguments: [
            ("", ""), ("/assets/web-1_~.", "/assets/web-1_~."), ("a b&c=d?", "a%20b%26c%3Dd%3F"),
            ("é\n\0", "%C3%A9%0A%00"),
            ("%", "%25"),
        ])
    func aQueryValueIsEncodedByteByByte(text: String, encoded: String) {
        #expect(text.queryEncoded == encoded)
    }
}
