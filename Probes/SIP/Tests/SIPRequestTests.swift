import SIPProbe
import SIPSettings
import Sockets
import Testing

@Suite struct SIPRequestTests {
    private let marks = SIPMarks(branch: 0x0123_4567_89ab_cdef, dialog: 0xfedc_ba98_7654_3210)

    @Test func optionsIsWrittenAsItShouldBe() {
        let request = SIPRequest(
            method: .options, transport: .udp, uri: "sip:room1@192.0.2.7", to: "sip:room1@192.0.2.7",
            localHost: "192.0.2.1", localPort: 40_000, marks: marks)
        #expect(
            request.bytes
                == """
                OPTIONS sip:room1@192.0.2.7 SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.1:40000;rport;branch=z9hG4bK0123456789abcdef
                Max-Forwards: 70
                From: <sip:haidang@192.0.2.1>;tag=fedcba98
                To: <sip:room1@192.0.2.7>
                Call-ID: fedcba9876543210@192.0.2.1
                CSeq: 1 OPTIONS
                Contact: <sip:haidang@192.0.2.1:40000>
                Accept: application/sdp
                User-Agent: haidang
                Content-Length: 0


                """.wire)
    }

    @Test func registerHasNoContactAndChangesNothing() {
        let request = SIPRequest(
            method: .register, transport: .tls, uri: "sip:[2001:db8::5]", to: "sip:room1@[2001:db8::5]",
            localHost: "[2001:db8::1]", localPort: 1, marks: marks, sequence: 2,
            authorization: "Authorization: Digest x")
        let text = String(decoding: request.bytes, as: UTF8.self)
        #expect(text.hasPrefix("REGISTER sip:[2001:db8::5] SIP/2.0\r\nVia: SIP/2.0/TLS [2001:db8::1]:1;rport;branch="))
        #expect(text.contains("\r\nFrom: <sip:room1@[2001:db8::5]>;tag=fedcba98\r\nTo: <sip:room1@[2001:db8::5]>\r\n"))
        #expect(text.contains("\r\nCSeq: 2 REGISTER\r\nAuthorization: Digest x\r\nUser-Agent: haidang\r\n"))
        #expect(!text.contains("Contact"))
    }

    @Test func everyTransactionHasMarksOfItsOwn() {
        let first = SIPMarks()
        let second = first.next()
        #expect(first.branch != second.branch && first.tag == second.tag && first.callID == second.callID)
        #expect(first.branch.count == 23 && first.branch.hasPrefix("z9hG4bK"))
        #expect(SIPMarks().callID != first.callID)
        #expect(marks.key == 0x0123_4567_89ab_cdef)
    }

    @Test func aDatagramIsKnownByItsBranch() throws {
        let mark = SIPMarks.mark(in: try Fixture.bytes("baresip-options-200"))
        #expect(mark?.key == 0x0123_4567_89ab_cdef && mark?.isFinal == true)
        let trying = SIPMarks.mark(in: "SIP/2.0 100 Trying\nv: SIP/2.0/UDP h;branch=z9hG4bK0123456789abcdef\n\n".wire)
        #expect(trying?.isFinal == false)
        for other in [
            "SIP/2.0 200 OK\nTo: x\n\n", "SIP/2.0 200 OK\nVia: SIP/2.0/UDP h;branch=z9hG4bK0123\n\n",
            "SIP/2.0 200 OK\nVia: SIP/2.0/UDP h;branch=z9hG4bK0123456789abcdeg\n\n",
            "OPTIONS sip:a SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK0123456789abcdef\n\n",
        ] {
            #expect(SIPMarks.mark(in: other.wire) == nil)
        }
    }
}
