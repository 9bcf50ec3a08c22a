import ProbeSettings
import SIPProbe
import SIPSettings
import Testing
import Vocabulary

@Suite struct SIPConversationTests {
    private func conversation(_ values: [String: String], withholds: Bool = false) throws -> SIPConversation {
        let settings = try SIPSettings(values)
        return SIPConversation(
            settings, login: settings.login.map { SIPLogin(user: $0, password: "p") }, host: "192.0.2.7", port: nil,
            withholdsLogin: withholds, marks: SIPMarks())
    }

    private func ask(_ conversation: inout SIPConversation) throws -> String {
        String(decoding: try conversation.request(localHost: "192.0.2.1", localPort: 5), as: UTF8.self)
    }

    private func response(_ status: Int, _ fields: String = "") throws -> SIPResponse {
        try SIPResponse("SIP/2.0 \(status) x\n\(fields)\n\n".wire)
    }

    private let challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\""
    private let login = ["method": "register", "user": "room1", "login": "room1", "secret": "/p"]

    @Test func aChallengeIsAnsweredOnce() throws {
        var conversation = try conversation(login)
        #expect(try !ask(&conversation).contains("Authorization"))
        #expect(conversation.take(try response(401, challenge)) == .ask)
        let second = try ask(&conversation)
        #expect(second.contains("\r\nAuthorization: Digest username=\"room1\"") && second.contains("CSeq: 2 REGISTER"))
        guard case .end(let outcome) = conversation.take(try response(401, challenge)) else {
            Issue.record("asked again with a password that was refused")
            return
        }
        #expect(outcome.state == .degraded && outcome.reason?.code == "login-refused" && conversation.wasLoginRefused)
        #expect(!conversation.trace.map(\.description).joined().contains("response="))
    }

    @Test func aStaleNonceIsReplacedOnce() throws {
        var conversation = try conversation(login)
        _ = try ask(&conversation)
        #expect(conversation.take(try response(401, challenge)) == .ask)
        _ = try ask(&conversation)
        #expect(conversation.take(try response(401, challenge + ", stale=true")) == .ask)
        #expect(try ask(&conversation).contains("CSeq: 3 REGISTER"))
        guard case .end(let outcome) = conversation.take(try response(401, challenge + ", stale=true")) else {
            Issue.record("asked without end")
            return
        }
        #expect(outcome.reason?.code == "login-refused")
    }

    @Test func aProxyAndARegistrarAreBothAnswered() throws {
        var conversation = try conversation(login)
        _ = try ask(&conversation)
        let proxy = "Proxy-Authenticate: Digest realm=\"p\", nonce=\"m\""
        #expect(conversation.take(try response(407, proxy)) == .ask)
        #expect(try ask(&conversation).contains("\r\nProxy-Authorization: Digest"))
        #expect(conversation.take(try response(401, challenge)) == .ask)
        let third = try ask(&conversation)
        #expect(third.contains("\r\nProxy-Authorization: Digest") && third.contains("\r\nAuthorization: Digest"))
        #expect(
            conversation.take(try response(200, "Contact: <sip:a@b>;expires=60")) == .end(.up))
    }

    @Test func aLoginRefusedLatelyIsKeptBack() throws {
        var conversation = try conversation(login, withholds: true)
        _ = try ask(&conversation)
        guard case .end(let outcome) = conversation.take(try response(401, challenge)) else {
            Issue.record("the login was sent")
            return
        }
        #expect(outcome.state == .degraded && outcome.reason?.code == "login-refused")
        #expect(outcome.reason?.got.contains("not tried again") == true && !conversation.wasLoginRefused)
    }

    @Test func aChallengeThatNobodyKnowsIsUnknown() throws {
        var conversation = try conversation(login)
        _ = try ask(&conversation)
        let step = conversation.take(try response(401, "WWW-Authenticate: Bearer x"))
        guard case .end(let outcome) = step else {
            Issue.record("asked")
            return
        }
        #expect(outcome.state == .unknown && outcome.reason?.code == "login-unsupported")
    }

    @Test func withoutALoginAChallengeShowsThatSomebodyIsThere() throws {
        var conversation = try conversation([:])
        _ = try ask(&conversation)
        #expect(conversation.take(try response(401, challenge)) == .end(.up))
    }

    @Test(
        arguments: [
            ([:], "OPTIONS sip:192.0.2.7 SIP/2.0", "To: <sip:192.0.2.7>"),
            (["user": "a", "domain": "p.example"], "OPTIONS sip:a@p.example SIP/2.0", "To: <sip:a@p.example>"),
            (["user": "a", "method": "register"], "REGISTER sip:192.0.2.7 SIP/2.0", "To: <sip:a@192.0.2.7>"),
            (
                ["user": "a", "domain": "2001:db8::1"], "OPTIONS sip:a@[2001:db8::1] SIP/2.0",
                "To: <sip:a@[2001:db8::1]>"
            ),
        ] as [([String: String], String, String)])
    func theRightOneIsAsked(values: [String: String], line: String, to: String) throws {
        var conversation = try conversation(values)
        let request = try ask(&conversation)
        #expect(request.hasPrefix(line + "\r\n") && request.contains("\r\n\(to)\r\n"))
    }
}
