import Glibc
import ProbeSettings
import ProbeSockets
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
        let outcome = SocketVerdict.outcome(ofConnecting: line.isAtOnce ? .refused(error) : .system(error))
        #expect(outcome.state == state)
        #expect(outcome.reason?.code == code)
        #expect(outcome.reason?.step == "connect")
    }

    @Test func descriptorsRunningOutIsNotTheTargetsFault() {
        #expect(SocketVerdict.outcome(ofConnecting: .refused(SystemError("socket", code: EMFILE))).state == .unknown)
    }

    @Test func wordsMayHoldBytes() throws {
        #expect(try TCPSettings(["send": #"a\r\n\t\\\x00\xFf"#]).send == [0x61, 13, 10, 9, 0x5c, 0, 0xff])
        #expect(try TCPSettings(["send": "chào"]).send == Array("chào".utf8))
        for wrong in [#"\q"#, #"\x1"#, #"\x+1"#, "\\", ""] {
            #expect(throws: SettingsError.self) { try TCPSettings(["send": wrong]) }
        }
        #expect(throws: SettingsError.self) { try TCPSettings(["expect": "/(/"]) }
        #expect(throws: SettingsError.self) { try TCPSettings(["banner": ""]) }
    }

    @Test func aBannerIsALineForPeople() {
        #expect(TCPVerdict.banner(Array("SSH-2.0-x\r\nmore".utf8))?.value == "SSH-2.0-x")
        #expect(TCPVerdict.banner([0x61, 0xff, 0x0a]) == nil && TCPVerdict.banner([0x0a]) == nil)
        #expect(TCPVerdict.quoted([0, 0x0d, 0x41, 0xc3, 0xa0]) == "\"\\x00\\rAà\"")
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
