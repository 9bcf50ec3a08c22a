import SecurityRules
import Testing
import Vocabulary

struct SignInRuleTests {
    private let start = Instant(seconds: 1_680_000_000)

    private func failure(_ user: String = "root", from source: String = "192.0.2.7", count: Int = 1) -> SignIn {
        SignIn(.ssh, .failed, user: user, source: source, process: "1", count: count)
    }

    private func success(_ user: String = "root", from source: String = "192.0.2.7") -> SignIn {
        SignIn(.ssh, .accepted(method: "password"), user: user, source: source, process: "2")
    }

    @Test(arguments: [(4, 10, 0), (5, 10, 1), (5, 15, 1), (5, 16, 0), (30, 16, 0), (30, 1, 1)])
    func fiveInAMinuteAreGuessing(count: Int, apart: Int, expected: Int) {
        var rule = SignInRule()
        var findings: [Finding] = []
        for number in 0..<count {
            findings += rule.apply(failure("u\(number)"), at: start + .seconds(number * apart))
        }
        #expect(Set(findings.map(\.firstSeen)).count == expected)
        #expect(findings.allSatisfy { $0.rule == RuleName.guessing && $0.subject == "ssh 192.0.2.7" })
    }

    @Test
    func sourcesAreCountedApart() {
        var rule = SignInRule()
        for number in 0..<50 {
            #expect(rule.apply(failure(from: "192.0.2.\(number)"), at: start + .seconds(number)).isEmpty)
        }
    }

    @Test
    func repeatsCountAsMany() {
        var rule = SignInRule()
        #expect(rule.apply(failure(), at: start).isEmpty)
        #expect(rule.apply(failure(count: 4), at: start + .seconds(2)).first?.count == 5)
    }

    @Test
    func aRefusedNameAndItsPasswordAreOneTry() {
        var rule = SignInRule()
        var findings: [Finding] = []
        for number in 0..<4 {
            let time = start + .seconds(number)
            let refused = SignIn(.ssh, .refusedName, user: "guest", source: "192.0.2.7", process: "\(number)")
            let failed = SignIn(.ssh, .failed, user: "guest", source: "192.0.2.7", process: "\(number)")
            findings += rule.apply(refused, at: time) + rule.apply(failed, at: time)
        }
        #expect(findings.isEmpty)
        let second = SignIn(.ssh, .failed, user: "guest", source: "192.0.2.7", process: "3")
        #expect(rule.apply(second, at: start + .seconds(5)).first?.count == 5)
    }

    @Test
    func oneAttackIsOneFindingAndItsEndIsTold() {
        var rule = SignInRule()
        var findings: [Finding] = []
        for number in 0..<600 {
            findings += rule.apply(failure(), at: start + .seconds(number))
            findings += rule.apply(passing: start + .seconds(number))
        }
        findings += rule.apply(passing: start + .seconds(1300))
        #expect(Set(findings.map(\.firstSeen)) == [start])
        #expect(findings.last?.count == 600 && findings.last?.lastSeen == start + .seconds(599))
        #expect(findings.count < 15)
        #expect(rule.apply(passing: start + .seconds(5000)).isEmpty)
        // Long after, it is another attack.
        let later = (0..<5).flatMap { rule.apply(failure(), at: start + .seconds(9000 + $0)) }
        #expect(later.count == 1 && later.first?.firstSeen == start + .seconds(9000))
    }

    @Test
    func comingInAfterGuessingIsFoundOnce() throws {
        var rule = SignInRule()
        for number in 0..<6 { _ = rule.apply(failure("admin"), at: start + .seconds(number)) }
        // Another account than those that were tried: a list of passwords has found one.
        let found = rule.apply(success("lan"), at: start + .seconds(30))
        let finding = try #require(found.first)
        #expect(finding.rule == RuleName.entry && finding.severity == .high)
        #expect(finding.subject == "ssh 192.0.2.7: lan" && finding.firstSeen == start)
        #expect(rule.apply(success("lan"), at: start + .seconds(40)).isEmpty)
        #expect(rule.apply(success("lan", from: "192.0.2.8"), at: start + .seconds(41)).isEmpty)
    }

    @Test
    func whoMistypesAndThenDoesNotIsNobody() {
        var rule = SignInRule()
        for morning in 0..<20 {
            for number in 0..<3 {
                let time = start + .seconds(morning * 200 + number * 20)
                #expect(rule.apply(failure("lan"), at: time).isEmpty)
            }
            #expect(rule.apply(success("lan"), at: start + .seconds(morning * 200 + 70)).isEmpty)
        }
    }

    @Test
    func slowTriesForOneAccountCountToo() {
        var rule = SignInRule()
        for number in 0..<5 { #expect(rule.apply(failure("lan"), at: start + .seconds(number * 100)).isEmpty) }
        #expect(rule.apply(success("lan"), at: start + .seconds(450)).first?.rule == RuleName.entry)
    }

    @Test
    func sudoAsksForThePasswordOfWhoTypes() {
        var rule = SignInRule()
        let failed = SignIn(.sudo, .failed, user: "lan", source: "lan")
        let right = SignIn(.sudo, .accepted(method: "sudo"), user: "root", source: "lan")
        for number in 0..<4 { #expect(rule.apply(failed, at: start + .seconds(number * 100)).isEmpty) }
        #expect(rule.apply(right, at: start + .seconds(400)).isEmpty)
        for number in 0..<5 { #expect(rule.apply(failed, at: start + .seconds(500 + number * 100)).isEmpty) }
        #expect(rule.apply(right, at: start + .seconds(1000)).first?.subject == "sudo lan: root")
    }

    @Test
    func aPersonBehindTheSameAddressIsNotTheAttacker() {
        var rule = SignInRule()
        for number in 0..<4 { _ = rule.apply(failure("u\(number)"), at: start + .seconds(number * 100)) }
        #expect(rule.apply(success("lan"), at: start + .seconds(450)).isEmpty)
    }

    /// Memory written and read at any moment changes nothing of what is found.
    @Test(arguments: 0..<20)
    func aRestartNeitherRepeatsNorMisses(seed: Int) {
        var random = SystemRandomNumberGenerator()
        var (whole, restarted) = (SignInRule(), SignInRule())
        var time = start
        for step in 0..<300 {
            time = time + .seconds(Int.random(in: 0...40, using: &random))
            let user = ["root", "a\tb", "c\nd", "\\", ""].randomElement(using: &random) ?? ""
            let result: SignIn.Result =
                [.failed, .failed, .failed, .refusedName, .accepted(method: "password")].randomElement(using: &random)
                ?? .failed
            let event = SignIn(
                .ssh, result, user: user, source: "192.0.2.\(Int.random(in: 0...3, using: &random))",
                process: "\(Int.random(in: 0...5, using: &random))", count: Int.random(in: 1...3, using: &random))
            var memory = MemoryText()
            restarted.remember(in: &memory)
            restarted = SignInRule(memory: MemoryText.lines(memory.text))
            #expect(whole.apply(event, at: time) == restarted.apply(event, at: time), "step \(step)")
            #expect(whole.apply(passing: time) == restarted.apply(passing: time), "step \(step)")
        }
    }

    @Test
    func anAttackerWithManyAddressesDoesNotFillTheMemory() {
        var rule = SignInRule()
        for number in 0..<5000 {
            _ = rule.apply(failure("u\(number)", from: "2001:db8::\(number)"), at: start + .milliseconds(number))
            _ = rule.apply(
                SignIn(.ssh, .refusedName, user: "u\(number)", source: "2001:db8::1", process: "\(number)"),
                at: start + .milliseconds(number))
        }
        var memory = MemoryText()
        rule.remember(in: &memory)
        #expect(memory.text.count < 300_000)
    }
}
