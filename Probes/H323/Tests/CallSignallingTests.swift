import H323Probe
import Testing

@Suite struct CallSignallingTests {
    private let marks = CallSignalling.Marks(
        reference: 0x1234, conference: Array(0x10..<0x20), call: Array(0x00..<0x10))
    private let call = "000102030405060708090a0b0c0d0e0f"

    /// The bytes that two independent stacks and Wireshark took without complaint, with our own name in them.
    @Test func questionsAreWrittenAsTheyWereTried() {
        #expect(
            CallSignalling.statusEnquiry(marks)
                == hex("0300002d 08 02 1234 75 7e 0021 05 28301900060008914a0005 00 \(call) 10800100"))
        #expect(
            CallSignalling.setup(marks, localAddress: [127, 0, 0, 1], localPort: 0x06b8)
                == hex(
                    """
                    03000074 08 02 1234 05 04 03 88 90 a5 28 08 68616964616e6700
                    7e 0059 05 20a0 06 0008914a0005 01 40 06 0068006100690064 0061006e0067
                    02 00 101112131415161718191a1b1c1d1e1f 00 dd 0d 80 00 00 07 00 7f000001 06b8
                    11 00 \(call) 01 00 01 00 01 00 01 00 10 80 01 00
                    """))
        #expect(
            CallSignalling.releaseComplete(marks)
                == hex("03000033 08021234 5a 08 02 80 90 7e0023 05 25c0060008914a0005 58a800 11 00 \(call) 10800100"))
    }

    @Test func everyQuestionHasMarksOfItsOwn() {
        let (first, second) = (CallSignalling.Marks(), CallSignalling.Marks())
        #expect(first.call != second.call && first.conference != second.conference && first.call != first.conference)
        #expect(first.reference > 0 && first.reference < 0x8000)
        let odd = CallSignalling.Marks(reference: 0xffff, conference: [1], call: [])
        #expect(odd.reference == 0x7fff && odd.conference.count == 16 && odd.call.count == 16)
    }

    private func message(_ packet: [UInt8]) throws -> Q931Message {
        var stream = TPKTStream()
        stream.take(packet)
        guard case .message(let bytes) = stream.next() else { throw PERFault.short }
        return try #require(Q931Message(bytes))
    }

    @Test func recordedAnswersAreRead() throws {
        let release = try message(Recorded.gnugkRelease)
        #expect(release.kind == .releaseComplete && release.cause == nil)
        let reason = try UserInformation(try #require(release.userInformation))
        #expect(reason.body == .releaseComplete && reason.version == 2 && reason.reason == .undefinedReason)

        let cisco = try message(Recorded.ciscoStatus)
        #expect(cisco.kind == .status && cisco.cause == 98 && cisco.callState == 0 && cisco.userInformation == nil)

        let polycom = try message(Recorded.polycomStatus)
        #expect(polycom.kind == .status && polycom.cause == 98)
        let status = try UserInformation(try #require(polycom.userInformation))
        #expect(status.body == .status && status.version == 5)

        let refusal = try message(Recorded.gnugkRefusal)
        #expect(refusal.kind == .releaseComplete && refusal.cause == 20)
        #expect(try UserInformation(try #require(refusal.userInformation)).reason == nil)
    }

    @Test func aDeviceSaysWhatItIs() throws {
        let proceeding = try message(Recorded.ooh323cProceeding)
        #expect(proceeding.kind == .callProceeding)
        let information = try UserInformation(try #require(proceeding.userInformation))
        #expect(information.body == .callProceeding && information.version == 4)
        let endpoint = try #require(information.endpoint)
        #expect(endpoint.kind == .terminal && endpoint.product == "objsys" && endpoint.version == "v0.9.4")
        #expect(endpoint.manufacturer?.description == "181/0/54" && endpoint.manufacturer?.vendor(of: "objsys") == nil)
        #expect(endpoint.manufacturer?.vendor(of: "TANDBERG codec") == "Cisco")
    }

    @Test func packetsAreCutHoweverTheyAreBrokenUp() {
        let all = Recorded.ciscoStatus + Recorded.gnugkRelease + Recorded.ooh323cProceeding
        for size in [1, 3, 17, 1000] {
            var stream = TPKTStream()
            var count = 0
            var rest = all[...]
            while !rest.isEmpty {
                stream.take(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
                while case .message = stream.next() { count += 1 }
            }
            #expect(count == 3 && stream.rest.isEmpty)
        }
        for other in ["220 mail\r\n", "SSH-2.0", "\u{3}\u{1}"] {
            var stream = TPKTStream()
            stream.take(Array(other.utf8))
            #expect(stream.next() == .rubbish)
        }
        var short = TPKTStream()
        short.take([3, 0, 0, 3])
        #expect(short.next() == .rubbish)
    }

    /// Nothing traps and nothing hangs, whatever comes.
    @Test(arguments: [
        Recorded.gnugkRelease, Recorded.ciscoStatus, Recorded.polycomStatus, Recorded.gnugkRefusal,
        Recorded.ooh323cProceeding,
    ])
    func cutAndAlteredAnswersHarmNobody(packet: [UInt8]) {
        let message = Array(packet.dropFirst(4))
        for end in message.indices { exercise(Array(message[..<end])) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var altered = message
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                altered[Int.random(in: altered.indices, using: &random)] = .random(in: .min ... .max, using: &random)
            }
            exercise(altered)
        }
    }

    private func exercise(_ bytes: [UInt8]) {
        for part in [bytes, Array(bytes.dropFirst(7)), Array(bytes.dropFirst(20))] {
            if let user = Q931Message(part)?.userInformation { _ = try? UserInformation(user) }
            _ = try? UserInformation(part)
        }
    }
}
