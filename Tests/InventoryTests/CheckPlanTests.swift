import Inventory
import Testing
import Vocabulary

@Suite struct CheckPlanTests {
    let facts = [
        Fact("listen", "tcp", "0.0.0.0:22", "program", value: "sshd"),
        Fact("listen", "tcp", "[::]:22", "program", value: "sshd"),
        Fact("listen", "tcp", "[::1]:631", "program", value: "cupsd"),
        Fact("listen", "tcp", "192.0.2.7:8080", "program", value: "java"),
        Fact("listen", "udp", "0.0.0.0:123", "program", value: "chronyd"),
        Fact("network", "dns", "1", value: "192.0.2.53"),
        Fact("network", "gateway", "4", value: "192.0.2.1"),
        Fact("network", "gateway", "6", value: "fe80::1"),
    ]

    @Test func everyListeningTCPPortHasOneCheck() {
        let checks = ServerClass.checks(asset: "web-1", facts: facts)
        let targets = Dictionary(uniqueKeysWithValues: checks.map { ($0.name.part, $0.target) })
        #expect(
            targets == [
                "host": "", "tcp-22": "127.0.0.1:22", "tcp-631": "[::1]:631", "tcp-8080": "192.0.2.7:8080",
                "gateway": "192.0.2.1", "dns-1": "192.0.2.53:53",
            ])
    }

    @Test(arguments: ["", "listen", "listen/tcp", "listen/tcp/x", "listen/tcp/1:", "listen/tcp/1:99999/program"])
    func factsThatNameNoPortAreNoChecks(path: String) {
        #expect(ServerClass.checks(asset: "a", facts: [Fact(path: path, value: "x")]).count == 1)
    }

    @Test func aPlanPutsTheNewAndMarksTheGone() {
        let wanted = ServerClass.checks(asset: "web-1", facts: facts)
        let all = CheckPlan(wanted: wanted, current: [])
        #expect(all.put == wanted && all.vanish.isEmpty)
        let current = wanted.map { CheckPlan.Current(check: $0, created: Instant(seconds: 0), vanished: nil) }
        let none = CheckPlan(wanted: wanted, current: current)
        #expect(none.put.isEmpty && none.vanish.isEmpty)
        let fewer = CheckPlan(wanted: wanted.filter { $0.name.part != "tcp-22" }, current: current)
        #expect(fewer.put.isEmpty && fewer.vanish.map(\.part) == ["tcp-22"])
    }

    @Test func aVanishedCheckThatIsCalledForAgainComesBack() throws {
        let check = try #require(ServerClass.checks(asset: "web-1", facts: facts).first)
        let gone = CheckPlan.Current(check: check, created: Instant(seconds: 0), vanished: Instant(seconds: 60))
        #expect(CheckPlan(wanted: [check], current: [gone]).put == [check])
    }

    @Test(
        arguments: [
            // created, vanished, now, spent
            (0, 60, 100, false), (0, 60, 120, true), (0, 864_000, 864_000 + 86_399, false),
            (0, 864_000, 864_000 + 86_400, true), (100, 50, 60, true),
        ] as [(Int64, Int64, Int64, Bool)])
    func aCheckOutlivesItsPortByAsLongAsThePortLived(created: Int64, vanished: Int64, now: Int64, spent: Bool) throws {
        let check = try #require(ServerClass.checks(asset: "web-1", facts: facts).first)
        let current = CheckPlan.Current(
            check: check, created: Instant(seconds: created), vanished: Instant(seconds: vanished))
        #expect(CheckPlan.isSpent(current, at: Instant(seconds: now)) == spent)
    }

    @Test func whatAnAssetAnswersAndWhichSecretsItHasBringChecks() {
        func checks(_ address: String) -> [String] {
            DeclaredChecks.checks(
                asset: "a", assetClass: "codec", address: address, url: "", answers: ["h323", "sip"],
                exporter: "http://a:9100/metrics", secrets: ["snmp": "ro", "codec": "pw", "prometheus": "token"]
            ).map { "\($0.name.part) \($0.target) \($0.interval.components.seconds) \($0.settings["secret"] ?? "-")" }
        }
        #expect(
            checks("10.0.0.1") == [
                "prometheus http://a:9100/metrics 60 token", "icmp 10.0.0.1 1 -", "h323 10.0.0.1 10 -",
                "sip 10.0.0.1 10 -", "codec 10.0.0.1 60 pw", "snmp 10.0.0.1 60 ro",
            ])
        #expect(
            checks("10.0.0.1:5060") == [
                "prometheus http://a:9100/metrics 60 token", "tcp 10.0.0.1:5060 1 -", "h323 10.0.0.1:5060 10 -",
                "sip 10.0.0.1:5060 10 -",
            ])
    }

    @Test(arguments: [
        ("10.0.0.1", "", "10.0.0.1"), ("web-1:8443", "", "web-1"), ("[2001:db8::1]:443", "", "2001:db8::1"),
        ("2001:db8::1", "https://b/", "2001:db8::1"), ("", "https://u:p@portal.example:8443/x?y=:", "portal.example"),
        ("", "https://[2001:db8::1]:8443/", "2001:db8::1"), ("", "http://portal.example?a/b", "portal.example"),
        ("", "", ""), ("", "no url", ""),
    ])
    func aPlugInAsksTheHost(address: String, url: String, host: String) {
        #expect(DeclaredChecks.host(address: address, url: url) == host)
        let checks = DeclaredChecks.checks(
            asset: "a", assetClass: "service", address: address, url: url, answers: ["exec-ssh", "exec-x"])
        let found = checks.filter { $0.kind == "exec" }
        #expect(found.map(\.name.rawValue) == ["a/exec-ssh", "a/exec-x"] && found.allSatisfy { $0.target == host })
        #expect(!checks.contains { $0.kind != "exec" && $0.name.part.hasPrefix("exec") })
    }

    @Test func throughACodecPeopleTalk() {
        func settings(_ assetClass: String, _ address: String) -> [[String: String]] {
            DeclaredChecks.checks(asset: "a", assetClass: assetClass, address: address, url: "").map(\.settings)
        }
        #expect(settings("codec", "10.0.0.1") == [["latency": "300ms", "jitter": "50ms"]])
        #expect(settings("codec", "10.0.0.1:5060") == [[:]] && settings("router", "10.0.0.1") == [[:]])
    }
}
