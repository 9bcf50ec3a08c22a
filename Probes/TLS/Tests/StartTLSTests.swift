import ProbeSettings
import TLSProbe
import TLSSettings
import Testing

@Suite struct StartTLSTests {
    private typealias Step = StartTLSDialogue.Step

    /// Plays a server's part, and tells what the dialogue said and how it ended.
    private func play(_ way: StartTLS, _ parts: [String]) -> (said: [String], end: Step) {
        var dialogue = StartTLSDialogue(way)
        var (said, step) = ([String](), dialogue.begin())
        var rest = parts[...]
        while true {
            switch step {
            case .send(let bytes):
                said.append(String(decoding: bytes, as: UTF8.self))
                step = .wait
            case .wait:
                guard let part = rest.popFirst() else { return (said, .wait) }
                step = dialogue.take(Array(part.utf8))
            default: return (said, step)
            }
        }
    }

    @Test func smtpIsGreetedAndAsked() {
        let (said, end) = play(
            .smtp,
            ["220-mail.example\r\n220 ready\r\n", "250-mail.example\r\n250-STAR", "TTLS\r\n250 HELP\r\n", "220 go\r\n"])
        #expect(said == ["EHLO haidang.invalid\r\n", "STARTTLS\r\n"] && end == .done)
    }

    @Test func imapPOP3AndFTPToo() {
        #expect(
            play(.imap, ["* OK [CAPABILITY IMAP4rev1] ready\r\n", "* CAPABILITY x\r\na OK begin\r\n"])
                == (["a STARTTLS\r\n"], .done))
        #expect(play(.pop3, ["+OK ready\r\n", "+OK begin\r\n"]) == (["STLS\r\n"], .done))
        #expect(
            play(.ftp, ["220-Xin chào\r\nabc\r\n 221 no\r\n220 ready\r\n", "234 proceed\r\n"]) == (
                ["AUTH TLS\r\n"], .done
            ))
    }

    @Test func ldapAnswersInBER() {
        var dialogue = StartTLSDialogue(.ldap)
        guard case .send(let request) = dialogue.begin() else {
            Issue.record("LDAP is asked first")
            return
        }
        #expect(request.count == 31 && request.prefix(7) == [0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18])
        // As slapd writes it: success, no words.
        let well: [UInt8] = [0x30, 0x0c, 0x02, 0x01, 0x01, 0x78, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]
        #expect(dialogue.take(Array(well.prefix(3))) == .wait && dialogue.take(Array(well.dropFirst(3))) == .done)
        // Long forms of the lengths.
        var other = StartTLSDialogue(.ldap)
        let long: [UInt8] = [0x30, 0x84, 0, 0, 0, 0x10, 0x02, 0x01, 0x01, 0x78, 0x84, 0, 0, 0, 0x07] + well.suffix(7)
        #expect(other.take(long) == .done)
        var refusing = StartTLSDialogue(.ldap)
        let words = Array("no TLS".utf8)
        let operation: [UInt8] = [0x0a, 0x01, 0x34, 0x04, 0x00, 0x04, UInt8(words.count)] + words
        let message = [0x02, 0x01, 0x01, 0x78, UInt8(operation.count)] + operation
        #expect(
            refusing.take([0x30, UInt8(message.count)] + message)
                == .refused(expected: "STARTTLS to be offered", got: "result 52: no TLS"))
    }

    @Test func whatComesInTheOpenAfterTheAnswerIsRefused() {
        for (way, parts) in [
            (StartTLS.smtp, ["220 a\r\n", "250 b\r\n", "220 go\r\nEHLO x\r\n"]), (.pop3, ["+OK\r\n", "+OK\r\nx"]),
        ] {
            guard case .refused(let expected, _) = play(way, parts).end else {
                Issue.record("\(way) takes what came in the open")
                continue
            }
            #expect(expected == "TLS after the answer")
        }
    }

    @Test func nothingIsReadForEver() {
        let line = String(repeating: "220-x\r\n", count: 4000)
        guard case .refused = play(.smtp, [line]).end else {
            Issue.record("a greeting without end is taken")
            return
        }
    }

    @Test func alteredBytesTrapNothing() {
        var random = SystemRandomNumberGenerator()
        let seeds: [(StartTLS, [UInt8])] = [
            (.ldap, [0x30, 0x0c, 0x02, 0x01, 0x01, 0x78, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00]),
            (.smtp, Array("220 a\r\n250-b\r\n250 c\r\n220 d\r\n".utf8)),
            (.ftp, Array("220-a\r\nb\r\n220 c\r\n234\r\n".utf8)),
            (.imap, Array("* OK\r\na OK\r\n".utf8)),
        ]
        for _ in 0..<2000 {
            for (way, seed) in seeds {
                var bytes = seed
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
                }
                var dialogue = StartTLSDialogue(way)
                _ = dialogue.begin()
                for byte in bytes { _ = dialogue.take([byte]) }
            }
        }
    }

    @Test(arguments: [
        ["starttls": "xmpp"], ["version": "1.4"], ["key.bits": "-1"], ["certificate.days": "x"], ["name": "a b"],
        ["names": "a, b c$"], ["days": "3"],
    ])
    func badSettingsAreRefused(settings: [String: String]) {
        #expect(throws: SettingsError.self) { try TLSSettings(settings) }
    }
}
