import Glibc
import ProbeSettings
import Sockets
import TCPProbe
import TCPSettings
import Testing
import Vocabulary

@Suite struct TCPVerdictTests {
    /// What connect(2) said in a network namespace with a router (Linux 6): situation, when, errno.
    private func recorded(file: String = #filePath) throws -> [Substring: (isAtOnce: Bool, name: String)] {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let handle = try #require(fopen("\(folder)/Fixtures/connect-errors.tsv", "r"))
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = fread(&bytes, 1, bytes.count, handle)
        let lines = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n")
        return Dictionary(
            lines.map { line in
                let fields = line.split(separator: "\t")
                return (fields[0], (fields[1] == "at once", String(fields[2])))
            }
        ) { first, _ in first }
    }

    @Test(arguments: [
        ("no route", State.unknown, "no-route"), ("no route, IPv6", .unknown, "no-route"),
        ("closed port", .down, "connection-refused"), ("closed port, IPv6", .down, "connection-refused"),
        ("nobody holds the address", .down, "unreachable"), ("nobody holds the address, IPv6", .down, "unreachable"),
        ("local unreachable route", .unknown, "no-route"), ("local prohibit route", .unknown, "cannot-connect"),
        ("local blackhole route", .unknown, "no-route"), ("router without a route", .down, "unreachable"),
        ("router's unreachable route", .down, "unreachable"), ("router's prohibit route, IPv6", .down, "prohibited"),
        ("router's unreachable route, IPv6", .down, "unreachable"), ("no free local port", .unknown, "no-sockets"),
        ("multicast address", .unknown, "no-route"),
    ])
    func aRecordedErrorIsUnderstood(situation: String, state: State, code: String) throws {
        let names = [
            "ENETUNREACH": ENETUNREACH, "EHOSTUNREACH": EHOSTUNREACH, "ECONNREFUSED": ECONNREFUSED, "EACCES": EACCES,
            "EINVAL": EINVAL, "EADDRNOTAVAIL": EADDRNOTAVAIL,
        ]
        let line = try #require(try recorded()[Substring(situation)])
        let error = SystemError("connect", code: try #require(names[line.name]))
        let outcome =
            line.isAtOnce ? TCPVerdict.outcome(ofRefusal: error) : TCPVerdict.outcome(ofError: error)
        #expect(outcome.state == state)
        #expect(outcome.reason?.code == code)
        #expect(outcome.reason?.step == "connect")
    }

    @Test func descriptorsRunningOutIsNotTheTargetsFault() {
        #expect(TCPVerdict.outcome(ofRefusal: SystemError("socket", code: EMFILE)).state == .unknown)
    }

    @Test func settingsAndTargetsAreChecked() throws {
        #expect(try TCPSettings([:]).family == .any)
        #expect(try TCPSettings(["family": "6"]).family == .ipv6)
        #expect(throws: SettingsError.self) { try TCPSettings(["family": "ipv6"]) }
        #expect(throws: SettingsError.self) { try TCPSettings(["port": "80"]) }
        try TCPSettings.validate(target: "[2001:db8::1]:443")
        for wrong in ["web-1", "web-1:0", "web-1:65536", "2001:db8::1:443", ":80", "a b:80"] {
            #expect(throws: SettingsError.self) { try TCPSettings.validate(target: wrong) }
        }
    }
}
