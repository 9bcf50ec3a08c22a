import SecurityRules
import Testing
import Vocabulary

struct PrivilegeRuleTests {
    private let time = Instant(seconds: 1_680_000_000)
    private let root = Privilege(.account, holder: "root", what: "0", place: "/etc/passwd")
    private let toor = Privilege(.account, holder: "toor", what: "0", place: "/etc/passwd")
    private let key = Privilege(.key, holder: "root", what: "SHA256:x", place: "/etc/keys/root")

    @Test
    func theFirstLookLearnsAndWhatComesThenIsFoundOnce() {
        var rule = PrivilegeRule()
        #expect(rule.apply(["accounts": [root]], blind: [], at: time).isEmpty)
        let found = rule.apply(["accounts": [root, toor]], blind: [], at: time)
        #expect(found.map(\.subject) == ["account toor"] && found.first?.severity == .high)
        #expect(rule.apply(["accounts": [root, toor]], blind: [], at: time).isEmpty)
    }

    @Test
    func aFileBeingReplacedIsNoChangeAndATakenPowerGivenAgainIs() {
        var rule = PrivilegeRule()
        _ = rule.apply(["keys root": [key]], blind: [], at: time)
        #expect(rule.apply(["keys root": []], blind: [], at: time).isEmpty)
        #expect(rule.apply(["keys root": [key]], blind: [], at: time).isEmpty)
        for _ in 0..<2 { #expect(rule.apply(["keys root": []], blind: [], at: time).isEmpty) }
        #expect(rule.apply(["keys root": [key]], blind: [], at: time).count == 1)
    }

    @Test
    func aPlaceThatCouldNotBeReadIsLearnedWhenItCan() {
        var rule = PrivilegeRule()
        _ = rule.apply(["accounts": [root]], blind: ["keys root"], at: time)
        #expect(rule.apply(["accounts": [root], "keys root": [key]], blind: [], at: time).isEmpty)
        let another = Privilege(.key, holder: "root", what: "SHA256:y", place: "")
        #expect(rule.apply(["accounts": [root], "keys root": [key, another]], blind: [], at: time).count == 1)
    }

    @Test
    func aPlaceThatIsNewIsNotLearned() {
        var rule = PrivilegeRule()
        _ = rule.apply(["accounts": [root]], blind: [], at: time)
        let found = rule.apply(["accounts": [root], "keys lan": [key]], blind: [], at: time)
        #expect(found.count == 1)
    }

    @Test
    func whatWasLearnedOutlivesARestartAndWhatChangedMeanwhileIsFound() {
        var rule = PrivilegeRule()
        _ = rule.apply(["accounts": [root], "sudo": []], blind: ["keys lan"], at: time)
        var memory = MemoryText()
        rule.remember(in: &memory)
        var again = PrivilegeRule(memory: MemoryText.lines(memory.text))
        let rules: Set = [Privilege(.sudo, holder: "", what: "lan ALL=(ALL) ALL", place: "/etc/sudoers.d/lan")]
        let found = again.apply(["accounts": [root], "sudo": rules, "keys lan": [key]], blind: [], at: time)
        #expect(found.map(\.subject) == ["sudo: lan ALL=(ALL) ALL"])
    }

    @Test
    func sudoersAreReadAsSudoDoes() {
        let text = """
            # a comment
            Defaults\tenv_reset   # why not
            root    ALL=(ALL:ALL) \\
                ALL
            %sudo ALL=(ALL) ALL
            #1000 ALL = NOPASSWD: ALL
            @includedir /etc/sudoers.d
            #includedir /etc/sudoers.d

            """
        #expect(
            Sudoers.lines(text) == [
                "Defaults env_reset", "root ALL=(ALL:ALL) ALL", "%sudo ALL=(ALL) ALL", "#1000 ALL = NOPASSWD: ALL",
            ])
        #expect(Sudoers.reads("lan") && !Sudoers.reads("README.md") && !Sudoers.reads("lan~"))
    }

    @Test
    func keysAreReadWithTheirOptions() throws {
        let blob = "AAAAC3NzaC1lZDI1NTE5AAAAIJ1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0"
        let plain = try #require(AuthorizedKey(parsing: "ssh-ed25519 \(blob) lan at home"))
        #expect(plain.type == "ssh-ed25519" && plain.key == blob && plain.comment == "lan at home")
        let forced = try #require(
            AuthorizedKey(parsing: #"command="echo \"a b\" ssh-rsa",no-pty ssh-ed25519 \#(blob)"#[...]))
        #expect(forced.key == blob && forced.options.hasPrefix("command="))
        for line in ["", "# ssh-ed25519 \(blob)", "ssh-ed25519", "ssh-ed25519 short", "nonsense \"", blob] {
            #expect(AuthorizedKey(parsing: line[...]) == nil)
        }
    }

    @Test
    func hostileFilesAreSurvived() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                [
                    UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: " "), 10, 13, 9,
                    UInt8.random(in: 0...255, using: &random), UInt8(ascii: "s"),
                ].randomElement(using: &random) ?? 0
            }
            let text = String(decoding: bytes, as: UTF8.self)
            _ = Sudoers.lines(text)
            _ = AuthorizedKey(parsing: text[...])
            _ = MemoryText.lines(bytes).map { PrivilegeRule(memory: [$0]) }
            _ = SignInRule(memory: MemoryText.lines(bytes))
        }
    }
}
