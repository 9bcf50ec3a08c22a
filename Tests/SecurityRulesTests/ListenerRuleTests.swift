import SecurityRules
import Testing
import Vocabulary

struct ListenerRuleTests {
    private let time = Instant(seconds: 1_680_000_000)
    private let handedOut: ClosedRange<UInt16> = 32768...60999

    private func listener(
        _ port: UInt16, _ program: String, kind: String = "tcp", address: String = "0.0.0.0",
        path: String = "/usr/bin/x"
    ) -> Listener {
        Listener(kind: kind, address: address, port: port, program: program, path: path, user: "root")
    }

    private func look(_ rule: inout ListenerRule, _ listeners: [Listener]) -> [Finding] {
        rule.apply(listeners, handedOut: handedOut, at: time)
    }

    @Test
    func theFirstLookLearnsAndASettledNewcomerIsFoundOnce() throws {
        var rule = ListenerRule()
        let ssh = [listener(22, "sshd"), listener(22, "sshd", address: "[::]")]
        #expect(look(&rule, ssh).isEmpty)
        let both = ssh + [listener(4444, "nc"), listener(4444, "nc", address: "[::]")]
        #expect(look(&rule, both).isEmpty)
        let found = look(&rule, both)
        #expect(found.map(\.subject) == ["tcp 4444 nc"] && found.first?.severity == .medium)
        #expect(look(&rule, both).isEmpty && look(&rule, ssh).isEmpty && look(&rule, both).isEmpty)
        #expect(look(&rule, both).isEmpty)
    }

    @Test
    func whatComesAndGoesBetweenTwoLooksIsNone() {
        var rule = ListenerRule()
        _ = look(&rule, [])
        for _ in 0..<10 {
            #expect(look(&rule, [listener(4444, "nc")]).isEmpty)
            #expect(look(&rule, []).isEmpty)
        }
    }

    @Test
    func onePortWithEverOtherSocketsIsNoneUntilOneStays() {
        var rule = ListenerRule()
        _ = look(&rule, [])
        var last = listener(4444, "nc")
        for socket: UInt64 in 1...9 {
            last.socket = socket
            #expect(look(&rule, [last]).isEmpty)
        }
        #expect(look(&rule, [last]).count == 1)
    }

    @Test
    func anotherProgramOnAKnownPortIsFound() {
        var rule = ListenerRule()
        _ = look(&rule, [listener(80, "nginx")])
        let other = [listener(80, "nc")]
        #expect(look(&rule, other).isEmpty && look(&rule, other).count == 1)
    }

    @Test
    func portsThatTheKernelChoseAreTheProgramsAndUDPAnswersAreNobodys() {
        var rule = ListenerRule()
        _ = look(&rule, [listener(40_001, "rpc.statd")])
        for port: UInt16 in [40_002, 50_000, 60_999] {
            let now = [listener(port, "rpc.statd"), listener(port, "dig", kind: "udp")]
            #expect(look(&rule, now).isEmpty && look(&rule, now).isEmpty)
        }
        let stray = [listener(40_007, "nc", path: "/tmp/.x/nc")]
        #expect(look(&rule, stray).isEmpty)
        #expect(look(&rule, stray).first?.severity == .high)
    }

    @Test
    func aRightThatIsGivenLaterMakesNoNews() {
        var rule = ListenerRule()
        _ = look(&rule, [listener(22, "", path: ""), listener(80, "", path: "")])
        let named = [listener(22, "sshd"), listener(80, "nginx")]
        #expect(look(&rule, named).isEmpty && look(&rule, named).isEmpty)
        let changed = [listener(22, "sshd"), listener(80, "nc")]
        #expect(look(&rule, changed).isEmpty && look(&rule, changed).count == 1)
        #expect(look(&rule, [listener(22, ""), listener(80, "")]).isEmpty)
    }

    @Test
    func loopbackIsALowOneAndADoorOfItsOwn() {
        var rule = ListenerRule()
        _ = look(&rule, [listener(5432, "postgres", address: "127.0.0.1")])
        let local = [listener(5432, "postgres", address: "127.0.0.1"), listener(6379, "redis", address: "[::1]")]
        #expect(look(&rule, local).isEmpty && look(&rule, local).map(\.severity) == [.low])
        let open = local + [listener(5432, "postgres")]
        #expect(look(&rule, open).isEmpty && look(&rule, open).map(\.severity) == [.medium])
    }

    @Test
    func whatWasLearnedOutlivesARestart() {
        var rule = ListenerRule()
        _ = look(&rule, [listener(22, "a\tb\nc")])
        var memory = MemoryText()
        rule.remember(in: &memory)
        var again = ListenerRule(memory: MemoryText.lines(memory.text))
        let now = [listener(22, "a\tb\nc"), listener(23, "telnetd")]
        #expect(look(&again, now).isEmpty && look(&again, now).map(\.subject) == ["tcp 23 telnetd"])
    }
}
