import H323Probe
import H323Settings
import Sockets
import Testing
import Vocabulary

@Suite struct RASTests {
    private func location(_ alias: String, number: UInt16 = 2) throws -> [UInt8] {
        RASRequest.location(
            of: try H323Alias(alias), number: number, localAddress: [127, 0, 0, 1], localPort: 0x06b7)
    }

    @Test func questionsAreWrittenAsTheyWereTried() throws {
        #expect(
            RASRequest.gatekeeper(number: 1, localAddress: [127, 0, 0, 1], localPort: 0x06b7)
                == hex("00 00 0000 06 0008914a0005 00 7f000001 06b7 02 00"))
        #expect(try location("1001") == hex("48 00 0001 01 01 80 4334 00 7f000001 06b7"))
        // An odd count: the address begins in the byte of the last digit.
        #expect(try location("#*9") == hex("48 00 0001 01 01 00 01c0 7f000001 06b7"))
        #expect(try location("xã") == hex("48 00 0001 01 40 01 0078 00e3 00 7f000001 06b7"))
    }

    @Test func aliasesAreToldApart() throws {
        #expect(try H323Alias("1001") == .digits("1001"))
        #expect(try H323Alias("room-1") == .name("room-1"))
        for wrong in ["", "a\nb", String(repeating: "1", count: 129)] {
            #expect(throws: (any Error).self) { try H323Alias(wrong) }
        }
    }

    @Test func recordedAnswersAreRead() throws {
        let confirm = try RASReply(Recorded.gnugkConfirm)
        #expect(confirm.number == 1 && confirm.kind == .gatekeeperConfirm(identifier: "TestGK") && confirm.version == 5)
        let old = try RASReply(Recorded.gnugkOldConfirm)
        #expect(old.number == 1000 && old.kind == .gatekeeperConfirm(identifier: "DEUCOSRV3") && old.version == nil)
        let cisco = try RASReply(Recorded.ciscoConfirm)
        #expect(cisco.number == 1000 && cisco.kind == .gatekeeperConfirm(identifier: "GATEKEEPER"))
        let denial = try RASReply(Recorded.gnugkDenial)
        #expect(denial.number == 2 && denial.kind == .locationReject("securityDenial"))
    }

    /// Encoded by an independent codec (pycrate 0.8.1).
    @Test func otherAnswersAreRead() throws {
        let confirm = try RASReply(hex(Encoded.locationConfirm))
        guard case .locationConfirm(let address, nil) = confirm.kind else {
            Issue.record("\(confirm)")
            return
        }
        #expect(confirm.number == 7 && address?.description == "10.20.31.10:1720")
        let whole = try RASReply(hex(Encoded.locationConfirmWithType))
        guard case .locationConfirm(_, let endpoint?) = whole.kind else {
            Issue.record("\(whole)")
            return
        }
        #expect(endpoint.product == "TANDBERG" && endpoint.version == "TC7" && endpoint.kind == .terminal)
        #expect(endpoint.manufacturer?.vendor(of: endpoint.product) == "Cisco")
        #expect(try RASReply(hex(Encoded.requestDenied)).kind == .locationReject("requestDenied"))
        #expect(try RASReply(hex(Encoded.unallocated)).kind == .locationReject("unallocatedNumber"))
        #expect(try RASReply(hex(Encoded.terminalExcluded)).kind == .gatekeeperReject("terminalExcluded"))
        let progress = try RASReply(hex(Encoded.inProgress))
        #expect(progress.kind == .inProgress && progress.number == 9)
        #expect(try RASReply(hex(Encoded.unknownMessage)).kind == .unknownMessage)
    }

    @Test func aDatagramIsKnownByItsNumber() {
        #expect(RASReply.mark(in: Recorded.gnugkOldConfirm)?.key == 1000)
        #expect(RASReply.mark(in: Recorded.gnugkDenial)?.key == 2)
        let progress = RASReply.mark(in: hex(Encoded.inProgress))
        #expect(progress?.key == 9 && progress?.isFinal == false)
        #expect(RASReply.mark(in: []) == nil && RASReply.mark(in: hex("ffffffffff")) == nil)
        // RRJ, which nobody asked for.
        #expect(RASReply.mark(in: hex("14000000")) == nil)
    }

    @Test func aRejectionHasItsMeaning() throws {
        let alias = try H323Alias("1001")
        func outcome(_ kind: RASReply.Kind) throws -> (State, String?) {
            var reply = try RASReply(Recorded.gnugkDenial)
            reply.kind = kind
            let outcome = H323Verdict.outcome(of: reply, asking: alias)
            return (outcome.state, outcome.reason?.code)
        }
        #expect(try outcome(.locationConfirm(nil, nil)) == (.up, nil))
        #expect(try outcome(.locationReject("requestDenied")) == (.down, "not-registered"))
        #expect(try outcome(.locationReject("notRegistered")) == (.down, "not-registered"))
        #expect(try outcome(.locationReject("securityDenial")) == (.unknown, "not-allowed"))
        #expect(try outcome(.locationReject("resourceUnavailable")) == (.degraded, "overloaded"))
        #expect(try outcome(.locationReject("undefinedReason")) == (.unknown, "refused"))
        #expect(try outcome(.gatekeeperReject("terminalExcluded")) == (.degraded, "gatekeeper-rejects"))
        #expect(try outcome(.gatekeeperReject("resourceUnavailable")) == (.degraded, "overloaded"))
        #expect(try outcome(.unknownMessage) == (.unknown, "refused"))
        #expect(try outcome(.inProgress) == (.down, "no-final-answer"))
    }

    @Test func cutAndAlteredAnswersHarmNobody() {
        var random = SystemRandomNumberGenerator()
        for whole in [
            Recorded.gnugkConfirm, Recorded.ciscoConfirm, Recorded.gnugkDenial, hex(Encoded.locationConfirmWithType),
            hex(Encoded.inProgress), hex(Encoded.unallocated),
        ] {
            for end in whole.indices { _ = try? RASReply(Array(whole[..<end])) }
            for _ in 0..<2000 {
                var altered = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    altered[Int.random(in: altered.indices, using: &random)] = .random(
                        in: .min ... .max, using: &random)
                }
                _ = RASReply.mark(in: altered)
                _ = try? RASReply(altered)
            }
        }
    }
}
