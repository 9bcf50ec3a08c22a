import Curl
import TestSupport
import Testing

@Suite struct MailTests {
    private let mail = Mail(
        from: "haidang@tinh.example", to: ["a@tinh.example", "b@tinh.example"],
        message: Array("Subject: Mat ket noi\r\n\r\nxa-an-binh\r\n.\r\nend\r\n".utf8), encryption: .none)

    private func server(
        rcpt: String = "250 ok", offering: String = "", farewell: String? = nil
    ) throws -> LineServer {
        try LineServer(greeting: "220 mail.example ESMTP\r\n") { line in
            switch line.prefix(4).uppercased() {
            case "EHLO": "250-mail.example\r\n\(offering)250 SIZE 1000000\r\n"
            case "MAIL": "250 ok\r\n"
            case "RCPT": "\(rcpt)\r\n"
            case "DATA": "354 go on\r\n"
            case "AUTH": "334 \r\n"
            case "AHUA": "235 welcome\r\n"
            case "QUIT": farewell
            default: line == "." ? "250 queued as 42\r\n" : ""
            }
        }
    }

    private func send(_ mail: Mail, to server: LineServer) async throws -> Result<TransferResult, TransferError> {
        let engine = CurlEngine()
        return await engine.perform(
            Transfer(mail: mail, through: "smtp://127.0.0.1:\(server.port)", timeout: .seconds(20)))
    }

    @Test func aMailArrivesAsItWasWritten() async throws {
        let server = try server()
        let result = try await send(mail, to: server).get()
        #expect(result.status == 250)
        let lines = server.lines
        #expect(lines.contains { $0.hasPrefix("MAIL FROM:<haidang@tinh.example>") })
        #expect(lines.filter { $0.hasPrefix("RCPT") } == ["RCPT TO:<a@tinh.example>", "RCPT TO:<b@tinh.example>"])
        // The dot alone is doubled on its way (RFC 5321, 4.5.2).
        let start = try #require(lines.firstIndex(of: "DATA"))
        #expect(lines[(start + 1)...].prefix(6) == ["Subject: Mat ket noi", "", "xa-an-binh", "..", "end", "."])
    }

    /// Some servers say farewell, some just hang up.
    @Test(arguments: [nil, "221 mail.example closing connection\r\n"])
    func theServersRefusalIsQuoted(farewell: String?) async throws {
        let server = try server(rcpt: "550 no such user", farewell: farewell)
        guard case .failure(let error) = try await send(mail, to: server) else {
            Issue.record("expected a refusal")
            return
        }
        #expect(error.kind == .mailRefused && error.message.contains("550 no such user"))
    }

    @Test func withoutSTARTTLSNothingIsSentWhenItIsRequired() async throws {
        let server = try server(offering: "250-AUTH PLAIN\r\n")
        var secret = mail
        secret.encryption = .required
        secret.login = Mail.Login(user: "u", password: "p")
        guard case .failure(let error) = try await send(secret, to: server) else {
            Issue.record("expected a refusal")
            return
        }
        #expect(error.kind == .noEncryption)
        #expect(!server.lines.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test func aLoginIsGivenWhenAsked() async throws {
        let server = try server(offering: "250-AUTH PLAIN\r\n")
        var known = mail
        known.encryption = .opportunistic
        known.login = Mail.Login(user: "u", password: "p")
        _ = try await send(known, to: server).get()
        // The base64 of NUL u NUL p (RFC 4616).
        #expect(server.lines.contains("AUTH PLAIN") && server.lines.contains("AHUAcA=="))
    }

    @Test(arguments: ["a@b>\r\nRCPT TO:<c@d", "", "a b@c", "<a@b>"]) func aBadAddressIsInvalid(address: String)
        async throws
    {
        var odd = mail
        odd.recipients = [address]
        guard case .failure(let error) = try await send(odd, to: server()) else {
            Issue.record("expected a refusal")
            return
        }
        #expect(error.kind == .invalid)
    }
}
