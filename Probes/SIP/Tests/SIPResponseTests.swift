import SIPProbe
import TestSupport
import Testing

@Suite struct SIPResponseTests {
    @Test(arguments: Fixture.names) func aRecordedResponseIsRead(name: String) throws {
        let response = try SIPResponse(try Fixture.bytes(name))
        let parts = name.split(separator: "-")
        let server = parts[0] == "baresip" ? "baresip v1.0.0 (x86_64/linux)" : "kamailio (5.6.3 (x86_64/linux))"
        #expect(String(response.status) == parts[2])
        #expect(response.value(.server) == server)
        #expect(response.answers(branch: Array("z9hG4bK0123456789abcdef".utf8), method: parts[1].uppercased().utf8))
        #expect(!response.answers(branch: Array("z9hG4bK0123456789abcdee".utf8), method: parts[1].uppercased().utf8))
        #expect(!response.answers(branch: Array("z9hG4bK0123456789abcdef".utf8), method: "INVITE".utf8))
    }

    @Test func theFieldsOfADeviceAreRead() throws {
        let response = try SIPResponse(try Fixture.bytes("baresip-options-200"))
        #expect(response.reason == "OK" && response.isFinal)
        #expect(
            response.values(.allow) == ["INVITE,ACK,BYE,CANCEL,OPTIONS,NOTIFY,SUBSCRIBE,INFO,MESSAGE,REFER"])
        #expect(try SIPResponse(try Fixture.bytes("kamailio-options-503")).retryAfter == 7)
    }

    @Test func bindingsAreRead() throws {
        #expect(
            Binding.all(in: try SIPResponse(try Fixture.bytes("kamailio-register-200")))
                == [Binding(contact: "sip:room1-0x5613aa484550@127.0.0.1:15070", expiry: 44)])
        let several = try SIPResponse(
            """
            SIP/2.0 200 OK
            Contact: "A, \\"B\\"; C" <sip:a@[2001:db8::1]:5060;transport=tcp?x=,>;q=0.5;Expires="60" , sip:b@h;expires=9
            m: <sips:c@h>,*
            Expires: 30


            """.wire)
        #expect(
            Binding.all(in: several) == [
                Binding(contact: "sip:a@[2001:db8::1]:5060;transport=tcp?x=,", expiry: 60),
                Binding(contact: "sip:b@h", expiry: 9),
                Binding(contact: "sips:c@h", expiry: 30),
            ])
    }

    @Test func oddButLawfulFormsAreTakenAsMeant() throws {
        // After RFC 4475, 3.1.1.1 (wsinv) and 3.1.1.13 (unreason): folds, blanks before the colon, compact names, any
        // case, an odd phrase, unknown fields; beyond it bare line feeds and no end.
        let odd = """
            \r\n\r\nsip/2.0  200 = 2**3 * 5**2 но сто девяносто девять - простое
            v  : SIP  / 2.0  /UDP
             192.0.2.1 ;rport ; BRANCH  =  z9hG4bK0123456789abcdef
             , SIP/2.0/UDP next;branch=z9hG4bKother
            NewFangledHeader:   newfangled value
             continued newfangled value
            line without a colon
            cSEQ :\t0009
              OPTIONS
            SERVER:
             Some\tthing
               old
            L:0
            """
        let response = try SIPResponse(Array(odd.utf8))
        #expect(response.status == 200 && response.reason.hasPrefix("= 2**3"))
        #expect(response.answers(branch: Array("z9hG4bK0123456789abcdef".utf8), method: "OPTIONS".utf8))
        #expect(response.value(.server) == "Some thing old")
        // RFC 4475, 3.1.1.13 (noreason).
        #expect(try SIPResponse("SIP/2.0 100 \n\n".wire).reason.isEmpty)
        #expect(try SIPResponse("SIP/2.0 486".wire).status == 486)
    }

    @Test(arguments: [
        ("", SIPFault.notSIP), ("\r\n\r\n", .notSIP), ("HTTP/1.1 200 OK\r\n\r\n", .notSIP), ("SIP/2.0", .notSIP),
        ("SIP/2.0 \r\n", .notSIP), ("SIP/2.0 20 OK\r\n", .notSIP), ("SIP/2.0 2000 OK\r\n", .notSIP),
        // RFC 4475, 3.1.2.19 (bigcode) and 3.1.2.16 (badvers).
        ("SIP/2.0 4294967301 better not break the receiver\r\n", .notSIP), ("SIP/7.0 200 OK\r\n", .notSIP),
        ("SIP/2.0 099 low\r\n", .notSIP), ("SIP/2.0 700 high\r\n", .notSIP), ("SIP/2.0 -12 x\r\n", .notSIP),
        ("OPTIONS sip:a@b SIP/2.0\r\n\r\n", .request), ("options sip:a@b SIP/2.0\r\n", .notSIP),
    ])
    func whatIsNoResponseIsSaidToBeNone(text: String, fault: SIPFault) {
        #expect(throws: fault) { try SIPResponse(Array(text.utf8)) }
    }

    @Test func numbersTooLargeAreNone() throws {
        // RFC 4475, 3.1.2.5 (scalarlg).
        let response = try SIPResponse(
            """
            SIP/2.0 503 OK
            Via: SIP/2.0/UDP h;branch=z9hG4bK0123456789abcdef
            CSeq: 9292394834772304023312 OPTIONS
            Retry-After: 949302838503028349304023988
            Contact: <sip:user@host129.example.com>;expires=280297596632815


            """.wire)
        #expect(response.retryAfter == nil)
        #expect(Binding.all(in: response).map(\.expiry) == [nil])
        #expect(response.answers(branch: Array("z9hG4bK0123456789abcdef".utf8), method: "OPTIONS".utf8))
    }

    @Test func whatIsTooMuchIsRefused() {
        #expect(throws: SIPFault.tooLarge) { try SIPResponse([UInt8](repeating: 0x41, count: 65_536)) }
        let many = "SIP/2.0 200 OK\n" + String(repeating: "Allow: A\n", count: 600)
        #expect(throws: SIPFault.tooLarge) { try SIPResponse(Array(many.utf8)) }
    }

    /// Every field is read of whatever can be read at all; nothing traps or hangs.
    @Test(arguments: Fixture.names) func cutAndAlteredResponsesHarmNobody(name: String) throws {
        let whole = try Fixture.bytes(name)
        for end in whole.indices { exercise(Array(whole[..<end])) }
        var random = Dice(seed: 7)
        for _ in 0..<500 {
            var altered = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: altered.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: altered[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: altered.remove(at: place)
                default: altered.insert(Array("\r\n \t:;,\"<>=\\".utf8).randomElement(using: &random) ?? 0, at: place)
                }
            }
            exercise(altered)
        }
    }

    private func exercise(_ bytes: [UInt8]) {
        _ = SIPMarks.mark(in: bytes)
        var stream = SIPStream()
        stream.take(bytes)
        while stream.next() != nil {}
        guard let response = try? SIPResponse(bytes) else { return }
        let fields: [SIPField] = [.allow, .contact, .server, .via, .wwwAuthenticate]
        _ = fields.flatMap(response.values)
        _ = Binding.all(in: response)
        _ = DigestChallenge.strongest(in: response)
        _ = response.branch.map(Array.init)
        _ = Product(response.value(.server) ?? "")
    }
}
