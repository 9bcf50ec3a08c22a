import ProbeSettings
import SIPProbe
import SIPSettings
import Testing
import Vocabulary

@Suite struct SIPVerdictTests {
    private func outcome(
        _ status: Int, _ values: [String: String], hadLogin: Bool = false
    ) throws -> (state: State, code: String?) {
        let verdict = SIPVerdict(try SIPSettings(values), asked: "sip:room1@h", hadLogin: hadLogin)
        let outcome = verdict.outcome(status: status, phrase: "Words")
        if let reason = outcome.reason {
            #expect(reason.step == "response" && !reason.expected.isEmpty && reason.got == "\(status) Words")
        }
        return (outcome.state, outcome.reason?.code)
    }

    @Test(arguments: [
        (200, State.up, nil as String?), (202, .up, nil), (302, .up, nil), (400, .up, nil), (401, .up, nil),
        (403, .up, nil), (404, .degraded, "no-such-user"), (405, .up, nil), (406, .up, nil), (407, .up, nil),
        (408, .degraded, "next-hop-timeout"), (410, .degraded, "no-such-user"), (415, .up, nil), (416, .up, nil),
        (420, .up, nil), (480, .up, nil), (481, .up, nil), (482, .degraded, "routing-loop"),
        (483, .degraded, "routing-loop"), (486, .up, nil), (488, .up, nil), (500, .degraded, "server-error"),
        (501, .up, nil), (502, .degraded, "server-error"), (503, .degraded, "overloaded"),
        (504, .degraded, "next-hop-timeout"), (513, .degraded, "server-error"), (600, .up, nil), (603, .up, nil),
        (604, .degraded, "no-such-user"), (606, .up, nil),
    ])
    func ofADevice(status: Int, state: State, code: String?) throws {
        #expect(try outcome(status, ["user": "room1"]) == (state, code))
    }

    @Test(arguments: [
        (200, State.up, nil as String?), (401, .up, nil), (403, .up, nil), (404, .down, "not-registered"),
        (408, .down, "next-hop-timeout"), (480, .down, "next-hop-unavailable"), (483, .degraded, "routing-loop"),
        (486, .up, nil), (500, .degraded, "server-error"), (503, .degraded, "overloaded"),
        (504, .down, "next-hop-timeout"), (603, .up, nil), (604, .down, "not-registered"),
    ])
    func ofADeviceBehindAProxy(status: Int, state: State, code: String?) throws {
        #expect(try outcome(status, ["user": "room1", "peer": "proxy"]) == (state, code))
    }

    @Test(arguments: [
        (200, State.up, nil as String?), (401, .unknown, "login-required"), (403, .degraded, "refused"),
        (404, .down, "not-registered"), (405, .unknown, "not-a-registrar"), (501, .unknown, "not-a-registrar"),
        (408, .down, "next-hop-timeout"), (423, .unknown, "refused"), (500, .degraded, "server-error"),
        (503, .degraded, "overloaded"),
    ])
    func ofARegistrar(status: Int, state: State, code: String?) throws {
        #expect(try outcome(status, ["method": "register", "user": "room1"]) == (state, code))
    }

    @Test func nobodyAskedForIsNobodyMissed() throws {
        #expect(try outcome(404, [:]) == (.up, nil))
        #expect(try outcome(404, ["peer": "proxy"]) == (.up, nil))
        #expect(try outcome(480, ["peer": "proxy"]) == (.up, nil))
    }

    @Test func aLoginThatIsRefusedIsSaid() throws {
        let login = ["login": "a", "secret": "/b", "user": "room1"]
        #expect(try outcome(401, login, hadLogin: true) == (.degraded, "login-refused"))
        #expect(try outcome(407, login, hadLogin: true) == (.degraded, "login-refused"))
        #expect(
            try outcome(403, login.merging(["method": "register"]) { $1 }, hadLogin: true) == (
                .degraded, "login-refused"
            ))
    }

    @Test func whatIsExpectedTakesTheTablesPlace() throws {
        #expect(try outcome(486, ["expect.status": "200-299"]) == (.down, "status"))
        #expect(try outcome(503, ["expect.status": "200,503"]) == (.up, nil))
    }

    @Test func fewerBindingsThanExpectedAreDown() throws {
        let one = [Binding(contact: "sip:a@b", expiry: 60)]
        let verdict = SIPVerdict(try SIPSettings(["method": "register", "user": "room1"]), asked: "sip:room1@h")
        #expect(verdict.outcome(bindings: one) == .up)
        #expect(
            verdict.outcome(bindings: [])
                == .down(
                    Reason("not-registered", step: "response", expected: "sip:room1@h registered", got: "no binding")))
        let two = try SIPSettings(["method": "register", "user": "room1", "expect.bindings": "2"])
        #expect(SIPVerdict(two, asked: "x").outcome(bindings: one).state == .down)
    }
}
