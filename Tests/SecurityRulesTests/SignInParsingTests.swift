import SecurityRules
import Testing

struct SignInParsingTests {
    private func parse(_ message: String, program: String = "sshd", process: String = "7") -> SignIn? {
        SignIn(LogRecord(program: program, process: process, message: message))
    }

    @Test
    func aWrongPasswordIsAFailureOfItsSource() {
        #expect(
            parse("Failed password for root from 192.0.2.7 port 4711 ssh2")
                == SignIn(.ssh, .failed, user: "root", source: "192.0.2.7", process: "7"))
        #expect(
            parse("Failed password for invalid user web admin from 2001:db8::7 port 4711 ssh2")
                == SignIn(.ssh, .failed, user: "web admin", source: "2001:db8::7", process: "7"))
        #expect(parse("Failed password for root from fe80::1%eth0 port 1 ssh2")?.source == "fe80::1%eth0")
        #expect(parse("Failed password for invalid user  from 192.0.2.7 port 4711 ssh2")?.user == "")
    }

    @Test(arguments: ["sshd", "sshd-session", "sshd-auth"])
    func sshdGoesByThreeNames(program: String) {
        #expect(parse("Failed password for root from 192.0.2.7 port 1 ssh2", program: program)?.result == .failed)
    }

    @Test(arguments: [
        "Failed none for invalid user guest from 192.0.2.7 port 4711 ssh2",
        "Failed publickey for root from 192.0.2.7 port 4711 ssh2: RSA SHA256:abc",
        "Failed keyboard-interactive/pam for root from 192.0.2.7 port 4711 ssh2",
        "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root",
        "Disconnecting authenticating user root 192.0.2.7 port 1: Too many authentication failures [preauth]",
        "error: maximum authentication attempts exceeded for root from 192.0.2.7 port 1 ssh2 [preauth]",
        "Connection closed by authenticating user root 192.0.2.7 port 1 [preauth]",
        "Received disconnect from 192.0.2.7 port 1:11: Bye Bye [preauth]",
        "input_userauth_request: invalid user webmaster [preauth]",
        "Unable to negotiate with 192.0.2.7 port 1: no matching host key type found.",
    ])
    func whatIsNoFailureOrWasCountedIsNone(message: String) {
        #expect(parse(message) == nil)
    }

    @Test(arguments: [
        "Invalid user guest from 192.0.2.7", "Invalid user guest from 192.0.2.7 port 4711",
        "User guest from 192.0.2.7 not allowed because not listed in AllowUsers",
    ])
    func aRefusedNameIsSaid(message: String) {
        #expect(parse(message) == SignIn(.ssh, .refusedName, user: "guest", source: "192.0.2.7", process: "7"))
    }

    @Test
    func pamSaysIt() {
        #expect(parse("error: PAM: Authentication failure for root from 192.0.2.7")?.result == .failed)
        #expect(
            parse(
                "error: PAM: User not known to the underlying authentication module for illegal user x from 192.0.2.7"
            )?.user == "x")
    }

    @Test
    func aForgedNameDoesNotMoveTheSource() {
        for name in [
            "root from 203.0.113.9 port 22 ssh2", "x from 203.0.113.9", "from from from", "\u{301}e from 203.0.113.9",
            "a: Accepted password for root from 203.0.113.9 port 1 ssh2",
        ] {
            let failed = parse("Failed password for invalid user \(name) from 192.0.2.7 port 4711 ssh2")
            #expect(failed?.source == "192.0.2.7" && failed?.user == name && failed?.result == .failed)
            #expect(parse("Invalid user \(name) from 192.0.2.7 port 4711")?.source == "192.0.2.7")
        }
    }

    @Test
    func repeatsCount() {
        let folded = parse("message repeated 5 times: [ Failed password for root from 192.0.2.7 port 4711 ssh2]")
        #expect(folded == SignIn(.ssh, .failed, user: "root", source: "192.0.2.7", process: "7", count: 5))
        #expect(
            parse("message repeated 5 times: [ Failed password for root from 192.0.2.7 port 4711 ssh2]\r")?.count == 5)
        let absurd = parse("message repeated 999999999 times: [ Failed password for root from 192.0.2.7 port 1 ssh2]")
        #expect(absurd?.count == 10_000)
        #expect(parse("message repeated x times: [ Failed password for root from 192.0.2.7 port 1 ssh2]") == nil)
    }

    @Test
    func comingInIsSaidWithItsMethod() {
        #expect(
            parse(
                "Accepted publickey for lan from 192.0.2.7 port 4711 ssh2: ED25519-CERT SHA256:x ID a from b (serial 0)"
            )
                == SignIn(.ssh, .accepted(method: "publickey"), user: "lan", source: "192.0.2.7", process: "7"))
    }

    @Test
    func sudoAndSuAreRead() {
        let who = "logname= uid=1000 euid=0 tty= ruser=lan rhost=  user=lan"
        let mistyped = SignIn(.sudo, .failed, user: "lan", source: "lan", process: "7")
        #expect(parse("pam_unix(sudo:auth): authentication failure; \(who)", program: "sudo") == mistyped)
        // PAM has told the first of the three.
        let rest = parse(
            "     lan : 3 incorrect password attempts ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id", program: "sudo")
        #expect(rest == SignIn(.sudo, .failed, user: "lan", source: "lan", process: "7", count: 2))
        #expect(
            parse("     lan : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/id", program: "sudo")
                == SignIn(.sudo, .accepted(method: "sudo"), user: "root", source: "lan", process: "7"))
        for silent in [
            "lan : 1 incorrect password attempt ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id",
            "lan : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id",
            "pam_unix(sudo:auth): 2 more authentication failures; \(who)",
        ] {
            #expect(parse(silent, program: "sudo") == nil)
        }
        let tried = who.replacing(" user=lan", with: " user=root")
        #expect(
            parse("pam_unix(su-l:auth): authentication failure; \(tried)", program: "su")
                == SignIn(.su, .failed, user: "root", source: "lan", process: "7"))
        #expect(parse("pam_unix(su:auth): 2 more authentication failures; \(tried)", program: "su")?.count == 2)
        #expect(
            parse("(to root) lan on pts/0", program: "su")
                == SignIn(.su, .accepted(method: "su"), user: "root", source: "lan", process: "7"))
        #expect(parse("FAILED SU (to root) lan on pts/0", program: "su") == nil)
    }

    /// Whatever is sent, parsing ends, and a source is never anything but an address or a name.
    @Test
    func hostileLinesAreSurvived() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "Failed password for ", "invalid user ", " from ", " port ", "22", " ssh2", "192.0.2.7", "Accepted ", "[",
            "]",
            "message repeated ", " times: [", "9", "\u{301}", "\u{FFFD}", "\t", "\r", ": ", "root", "", " ", "PAM: ",
            "Invalid user ", "User ", " not allowed because ", "error: ", " [preauth]", "=", "ruser=",
            "authentication failure; ", "pam_unix(sudo:auth): ", "\u{1F600}",
        ]
        for _ in 0..<20_000 {
            let line = (0..<Int.random(in: 0...9, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            for program in ["sshd", "sudo", "su"] {
                guard let found = parse(line, program: program) else { continue }
                #expect((1...10_000_000).contains(found.count))
                #expect(program != "sshd" || found.source.allSatisfy { $0.isASCII && !$0.isWhitespace })
            }
        }
    }
}
