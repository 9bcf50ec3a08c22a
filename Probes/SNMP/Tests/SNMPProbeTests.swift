import Glibc
import ProbeKit
import ProbeSettings
import SNMP
import SNMPProbe
import SNMPSettings
import Sockets
import Testing
import Vocabulary

@Suite(.enabled(if: SNMPDaemon.isInstalled, "snmpd is not installed")) struct SNMPProbeTests {
    private func probe(secret: [String] = ["public"]) throws -> SNMPProbe {
        let poller = try Poller()
        return SNMPProbe(
            engine: UDPEngine("snmp-test", reader: SNMPProbe.reader), resolver: SystemResolver(poller: poller),
            secrets: { _ in .success(secret) })
    }

    private var soon: ContinuousClock.Instant { .now + .seconds(20) }

    private func facts(_ answer: Answer) -> [String: String] {
        Dictionary(answer.facts.map { ($0.path, $0.value) }) { first, _ in first }
    }

    @Test(arguments: ["1", "2c"]) func aDeviceTellsWhatItIsAndHowItIs(version: String) async throws {
        let daemon = try SNMPDaemon()
        let probe = try probe()
        let settings = try SNMPSettings([
            "version": version, "memory-percent": "0", "storage-percent": "0", "cpu-percent": "0",
        ])
        let answer = await probe.measure(daemon.target, settings: settings, until: soon)
        #expect(answer.outcome == .up, "\(answer.trace)")
        let facts = facts(answer)
        #expect(facts["snmp/name"] == "tried-1" && facts["os/family"] == "linux")
        #expect(facts["interface/lo/type"] == "softwareLoopback" && facts["interface/lo/state"] == "up")
        let metrics = Set(answer.readings.map(\.metric.text))
        #expect(metrics.contains(#"snmp_if_in_octets_total{interface="lo"}"#))
        #expect(metrics.contains("snmp_uptime_seconds") && metrics.contains("snmp_memory_used_ratio"))
        #expect(answer.roundTrip.map { $0 > .zero && $0 < .seconds(5) } ?? false)
        // The next run knows where to look, and leaves out what seldom changes.
        let next = await probe.measure(daemon.target, settings: settings, until: soon)
        #expect(next.outcome == .up && next.facts.isEmpty)
        #expect(Set(next.readings.map(\.metric.text)).isSuperset(of: [#"snmp_if_in_octets_total{interface="lo"}"#]))
    }

    static let pairs: [(String, String)] = {
        let hashes = ["MD5": "md5", "SHA": "sha", "SHA-224": "sha224", "SHA-256": "sha256", "SHA-384": "sha384"]
        var pairs = hashes.values.sorted().map { ($0, "none") } + [("sha512", "none")]
        for hash in hashes.values.sorted() + ["sha512"] {
            for cipher in ["des", "aes", "aes192", "aes256", "aes192-c", "aes256-c"] { pairs.append((hash, cipher)) }
        }
        return pairs
    }()

    private static let names = [
        "md5": "MD5", "sha": "SHA", "sha224": "SHA-224", "sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512",
        "des": "DES", "aes": "AES", "aes192": "AES-192", "aes256": "AES-256", "aes192-c": "AES-192-C",
        "aes256-c": "AES-256-C",
    ]

    @Test func everyPairOfHashAndCipherIsLetIn() async throws {
        var lines: [String] = ["createUser open", "rouser open noauth"]
        for (hash, cipher) in Self.pairs {
            let user = "u-\(hash)-\(cipher)"
            let privacy = cipher == "none" ? "" : " \(Self.names[cipher] ?? "") privpass123"
            lines.append("createUser \(user) \(Self.names[hash] ?? "") authpass123\(privacy)")
            lines.append("rouser \(user) \(cipher == "none" ? "auth" : "priv")")
        }
        let daemon = try SNMPDaemon(lines.joined(separator: "\n"))
        let engine = UDPEngine("snmp-test", reader: SNMPProbe.reader)
        let address = SocketAddress(.ipv4(0x7f00_0001), port: daemon.port)
        var settings = [try SNMPSettings(["version": "3", "user": "open"])]
        for (hash, cipher) in Self.pairs {
            settings.append(
                try SNMPSettings([
                    "version": "3", "user": "u-\(hash)-\(cipher)", "auth": hash, "privacy": cipher, "secret": "/x",
                ]))
        }
        for setting in settings {
            let credentials = SNMPCredentials(setting, lines: ["authpass123", "privpass123"])
            var session = SNMPSession(
                engine, Keyring(), to: address, credentials, patience: .seconds(2), tries: 3)
            let answer = try await session.ask(.get, [[1, 3, 6, 1, 2, 1, 1, 5, 0]], until: soon)
            #expect(answer.varBinds.first?.value == .octets(Array("tried-1".utf8)), "\(setting.user)")
        }
    }

    @Test func aWrongPasswordIsRefusedAndTheDeviceIsNotDown() async throws {
        let daemon = try SNMPDaemon("createUser monitor SHA-256 authpass123 AES privpass123\nrouser monitor priv")
        let settings = try SNMPSettings([
            "version": "3", "user": "monitor", "auth": "sha256", "privacy": "aes", "secret": "/x",
        ])
        let wrong = await (try probe(secret: ["authpass124", "privpass123"]))
            .measure(daemon.target, settings: settings, until: soon)
        #expect(wrong.outcome.state == .unknown && wrong.outcome.reason?.code == "access-refused")
        // snmpd says nothing to what it deciphers to nonsense; that it is there is known all the same, time after time.
        let hasty = try SNMPSettings([
            "version": "3", "user": "monitor", "auth": "sha256", "privacy": "aes", "secret": "/x", "patience": "200ms",
        ])
        let other = try probe(secret: ["authpass123", "privpass124"])
        for _ in 0..<2 {
            let outcome = await other.measure(daemon.target, settings: hasty, until: soon).outcome
            #expect(outcome.state == .unknown && outcome.reason?.code == "access-refused", "\(outcome)")
        }
        let weak = try SNMPSettings(["version": "3", "user": "monitor", "auth": "sha256", "secret": "/x"])
        let refused = await (try probe(secret: ["authpass123"])).measure(daemon.target, settings: weak, until: soon)
        #expect(refused.outcome.state != .up)
        let stranger = try SNMPSettings(["version": "3", "user": "nobody"])
        let unknown = await (try probe()).measure(daemon.target, settings: stranger, until: soon)
        #expect(unknown.outcome.reason?.code == "access-refused")
        let right = await (try probe(secret: ["authpass123", "privpass123"]))
            .measure(daemon.target, settings: settings, until: soon)
        #expect(right.outcome.state != .unknown && right.outcome.state != .down)
    }

    @Test func silenceAndAClosedPortAreDownEachInItsWords() async throws {
        let daemon = try SNMPDaemon()
        let hasty = try SNMPSettings(["patience": "50ms", "tries": "2", "secret": "/x"])
        let silent = await (try probe(secret: ["wrong"])).measure(daemon.target, settings: hasty, until: soon)
        #expect(silent.outcome.state == .down && silent.outcome.reason?.code == "no-response")
        let port = daemon.port == 9 ? 10 : 9
        let closed = await (try probe()).measure("127.0.0.1:\(port)", settings: hasty, until: soon)
        #expect(closed.outcome.reason?.code == "port-closed")
    }

    @Test func anInterfaceThatMustBeUpIsMissed() async throws {
        let daemon = try SNMPDaemon()
        let settings = try SNMPSettings([
            "interfaces-up": "lo, eth99", "memory-percent": "0", "storage-percent": "0", "cpu-percent": "0",
        ])
        let answer = await (try probe()).measure(daemon.target, settings: settings, until: soon)
        #expect(
            answer.outcome
                == .degraded(
                    Reason("interface-down", step: "eth99", expected: "up", got: "no such interface")))
    }

    @Test func aRestartedDeviceIsLetBackIn() async throws {
        let users = "createUser monitor SHA-256 authpass123 AES privpass123\nrouser monitor priv"
        let daemon = try SNMPDaemon(users)
        let settings = try SNMPSettings([
            "version": "3", "user": "monitor", "auth": "sha256", "privacy": "aes", "secret": "/x",
        ])
        var session = SNMPSession(
            UDPEngine("snmp-test", reader: SNMPProbe.reader), Keyring(),
            to: SocketAddress(.ipv4(0x7f00_0001), port: daemon.port),
            SNMPCredentials(settings, lines: ["authpass123", "privpass123"]), patience: .seconds(2), tries: 3)
        let name: OID = [1, 3, 6, 1, 2, 1, 1, 5, 0]
        #expect(try await session.ask(.get, [name], until: soon).errorStatus == 0)
        // Its engine counts one boot more: what the session believes of its clock is outside the window.
        try daemon.restart()
        let before = session.requests
        #expect(
            try await session.ask(.get, [name], until: soon).varBinds.first?.value == .octets(Array("tried-1".utf8)))
        #expect(session.requests == before + 2)
        // In the midst of a walk, too.
        try daemon.restart()
        var walk = Walk([[1, 3, 6, 1, 2, 1, 1]], bulk: true)
        let (found, failure) = await session.walk(&walk, until: soon)
        #expect(failure == nil && found.contains { $0.oid == name })
    }

    @Test func aHundredDevicesOfWhichHalfAreDeadTakeNoLongerThanOne() async throws {
        let daemon = try SNMPDaemon("rocommunity public 127.0.0.0/8 -V v\nview v included .1.3.6.1.2.1.1")
        let probe = try probe()
        let settings = try SNMPSettings(["patience": "500ms", "tries": "2"])
        let states = await withTaskGroup(of: (Bool, State).self) { group in
            for number in 0..<100 {
                let isDead = number.isMultiple(of: 2)
                // Each its own target, so that nothing is shared by chance.
                let target = isDead ? "127.0.\(number).1:9" : daemon.target
                group.addTask {
                    (isDead, await probe.measure(target, settings: settings, until: .now + .seconds(20)).outcome.state)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(states.allSatisfy { $0.0 ? $0.1 == .down : $0.1 == .up })
    }
}
