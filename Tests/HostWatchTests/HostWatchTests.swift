import HostWatch
import TestSupport
import Testing
import Vocabulary

struct HostWatchTests {
    private let machine: Machine

    init() throws {
        machine = try Machine()
    }

    private static func failure(_ number: Int, from source: String = "192.0.2.7") -> String {
        "Apr  5 06:06:\(number < 10 ? "0" : "")\(number) srv sshd[\(number)]: Failed password for root from \(source) port 4711 ssh2\n"
    }

    private func rules(_ findings: [Finding]) -> [String] { findings.map(\.rule) }

    @Test
    func theFirstLookSaysNothing() async throws {
        for number in 0..<9 { try machine.append(Self.failure(number), to: "/var/log/auth.log") }
        let watch = machine.watch()
        #expect(await machine.look(watch).isEmpty)
        #expect(await machine.look(watch, after: 5).isEmpty)
    }

    @Test
    func guessingAndEntryAreFound() async throws {
        let watch = machine.watch()
        _ = await machine.look(watch)
        for number in 0..<5 { try machine.append(Self.failure(number), to: "/var/log/auth.log") }
        #expect(rules(await machine.look(watch)) == ["sign-in-guessing"])
        let entry = "Apr  5 06:06:30 srv sshd[77]: Accepted password for root from 192.0.2.7 port 4711 ssh2\n"
        try machine.append(entry, to: "/var/log/auth.log")
        let found = await machine.look(watch)
        #expect(rules(found) == ["sign-in-after-failures"] && found.first?.severity == .high)
        #expect(await machine.look(watch).isEmpty)
    }

    @Test
    func aLineWrittenInPiecesIsReadOnce() async throws {
        let watch = machine.watch()
        _ = await machine.look(watch)
        for number in 0..<4 { try machine.append(Self.failure(number), to: "/var/log/auth.log") }
        let line = Self.failure(9)
        try machine.append(String(line.prefix(40)), to: "/var/log/auth.log")
        #expect(await machine.look(watch).isEmpty)
        try machine.append(String(line.dropFirst(40)), to: "/var/log/auth.log")
        #expect(await machine.look(watch).first?.count == 5)
    }

    @Test(arguments: ["rotated", "truncated", "replaced", "grown again"])
    func aLogThatIsTakenAwayLosesNothingAndRepeatsNothing(how: String) async throws {
        let watch = machine.watch()
        _ = await machine.look(watch)
        for number in 0..<3 { try machine.append(Self.failure(number), to: "/var/log/auth.log") }
        #expect(await machine.look(watch).isEmpty)
        switch how {
        case "rotated":
            try machine.append(Self.failure(10), to: "/var/log/auth.log")
            try machine.move("/var/log/auth.log", to: "/var/log/auth.log.1")
            #expect(await machine.look(watch).isEmpty)
            try machine.write(Self.failure(11), to: "/var/log/auth.log")
        case "truncated":
            try machine.overwrite(Self.failure(10) + Self.failure(11), "/var/log/auth.log")
        case "replaced":
            try machine.write(Self.failure(10) + Self.failure(11), to: "/var/log/auth.log")
        default:
            let padding = String(repeating: "Apr  5 06:06:00 srv CRON[1]: nothing\n", count: 20)
            try machine.overwrite(padding + Self.failure(10) + Self.failure(11), "/var/log/auth.log")
        }
        let found = await machine.look(watch)
        #expect(rules(found) == ["sign-in-guessing"] && found.first?.count == 5)
    }

    @Test(arguments: 0..<5)
    func aRestartNeitherRepeatsNorMisses(cut: Int) async throws {
        var watch = machine.watch()
        _ = await machine.look(watch)
        var findings: [Finding] = []
        for number in 0..<5 {
            try machine.append(Self.failure(number), to: "/var/log/auth.log")
            if number == cut { watch = machine.watch() }
            findings += await machine.look(watch)
        }
        watch = machine.watch()
        findings += await machine.look(watch)
        #expect(rules(findings) == ["sign-in-guessing"] && findings.first?.count == 5)
    }

    @Test
    func newPowersAreFoundOnceAndAlsoThoseFromWhileItWasOff() async throws {
        let blob = "AAAAC3NzaC1lZDI1NTE5AAAAIJ1hYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0"
        var watch = machine.watch()
        _ = await machine.look(watch)
        try machine.write(
            "root:x:0:0:root:/srv/root:/bin/sh\nlan:x:1000:1000::/srv/lan:/bin/sh\ntoor:x:0:1001::/srv/toor:/bin/sh\n",
            to: "/etc/passwd")
        #expect(await machine.look(watch).map(\.subject) == ["account toor"])
        try machine.write("root:x:0:\nsudo:x:27:lan,binh\nadm:x:4:binh\nlan:x:1000:\n", to: "/etc/group")
        #expect(await machine.look(watch).map(\.subject) == ["group adm: binh", "group sudo: binh"])
        try machine.write("lan ALL = NOPASSWD:  ALL\n", to: "/etc/sudoers.d/lan")
        #expect(await machine.look(watch).map(\.subject) == ["sudo: lan ALL = NOPASSWD: ALL"])
        watch = machine.watch()
        machine.makeFolder("/srv/root/.ssh")
        try machine.write("# mine\nssh-ed25519 \(blob) lan@home\n", to: "/srv/root/.ssh/authorized_keys")
        let found = await machine.look(watch)
        #expect(found.map(\.rule) == ["new-privilege"] && found.first?.severity == .high)
        #expect(found.first?.subject.hasPrefix("key of root: SHA256:") == true)
        for _ in 0..<3 { #expect(await machine.look(watch).isEmpty) }
    }

    @Test
    func whoseOwnGroupIsPowerfulIsAMember() async throws {
        let watch = machine.watch()
        _ = await machine.look(watch)
        try machine.write(
            "root:x:0:0:root:/srv/root:/bin/sh\nlan:x:1000:1000::/srv/lan:/bin/sh\nbinh:x:1002:27::/srv/b:/bin/sh\n",
            to: "/etc/passwd")
        #expect(await machine.look(watch).map(\.subject) == ["group sudo: binh"])
    }

    @Test
    func oneRunOfAptIsOneFinding() async throws {
        let watch = machine.watch()
        for _ in 0..<2 { #expect(await machine.look(watch).isEmpty) }
        let path = "/var/lib/dpkg/status"
        try machine.write(Machine.package("hello", "1.0") + Machine.package("sl", "5.02"), to: path)
        #expect(await machine.look(watch).isEmpty)
        // The same run goes on.
        try machine.write(
            Machine.package("hello", "2.0") + Machine.package("sl", "5.02") + Machine.package("nc", "1"), to: path)
        #expect(await machine.look(watch).isEmpty)
        let found = await machine.look(watch)
        #expect(rules(found) == ["packages-changed"])
        #expect(found.first?.evidence.first?.text == "nc:amd64 1, sl:amd64 5.02")
        let restarted = machine.watch()
        for _ in 0..<3 { #expect(await machine.look(restarted).isEmpty) }
        try machine.write(Machine.package("hello", "2.0"), to: path)
        let again = machine.watch()
        #expect(await machine.look(again).isEmpty)
        #expect(rules(await machine.look(again)) == ["packages-changed"])
    }

    @Test
    func aNewListenerIsFoundInTwoLooks() async throws {
        let head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        let row =
            "   0: 00000000:115C 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 x\n"
        let watch = machine.watch()
        _ = await machine.look(watch)
        try machine.write(head + row, to: "/proc/net/tcp")
        #expect(await machine.look(watch).isEmpty)
        #expect(await machine.look(watch).map(\.subject) == ["tcp 4444"])
    }

    @Test
    func aSwappedCertificateIsFoundOnce() async throws {
        let folder = machine.folder
        let certificates = try Certificates(in: folder)
        for name in ["first", "second"] { try certificates.issue(name) }
        let text = { (name: String) in String(decoding: try folder.bytes(of: "\(name).pem"), as: UTF8.self) }
        machine.makeFolder("/etc/nginx")
        try machine.write(
            "server { ssl_certificate /etc/nginx/portal.pem; } # ssl_certificate /etc/no.pem\n",
            to: "/etc/nginx/nginx.conf")
        try machine.write(try text("first"), to: "/etc/nginx/portal.pem")
        let watch = machine.watch()
        _ = await machine.look(watch)
        #expect(await machine.look(watch).isEmpty)
        try machine.write(try text("second"), to: "/etc/nginx/portal.pem")
        let found = await machine.look(watch).filter { $0.rule == "certificate-changed" }
        #expect(found.map(\.subject) == ["/etc/nginx/portal.pem"])
        #expect(await machine.look(watch).isEmpty)
    }

    @Test
    func whatCannotBeSeenIsSaid() async throws {
        try machine.move("/var/log/auth.log", to: "/var/log/other")
        let watch = machine.watch()
        let sight = await watch.look(at: Machine.now)
        #expect(sight.blindSpots.map(\.code) == ["login-records"])
    }
}
