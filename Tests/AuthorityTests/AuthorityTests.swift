import Authority
import Enrolment
import Keys
import Testing
import Vocabulary

@Suite struct AuthorityTests {
    private let state: StateFolder
    private let authority: Authority
    private static let start = Instant(seconds: 1_700_000_000)

    init() throws {
        state = try StateFolder()
        authority = try AuthorityFiles(folder: state.authority).open(for: ServerNames(["a"]), at: Self.start)
    }

    @Test func anAgentsCertificateNamesTheAgentForNinetyDays() throws {
        let agent = try AgentID.random()
        let key = try PrivateKey.generate()
        let request = try SigningRequest(der: SigningRequest(commonName: "whatever", key: key).der)
        let certificate = try authority.issue(for: request.publicKey, agent: agent, at: Self.start)
        #expect(AgentIdentity.agent(of: certificate) == agent)
        #expect(certificate.notAfter == Self.start + .seconds(90 * 86_400))
        #expect(certificate.isValid(at: Self.start - .seconds(600)))
        #expect(try certificate.isSigned(by: authority.certificate))
        #expect(certificate.fingerprint == key.fingerprint && certificate.commonName == agent.text)
        #expect(!AgentLease.isRenewalDue(certificate, at: Self.start + .seconds(59 * 86_400)))
    }

    @Test func noCertificateOutlivesTheRoot() throws {
        let late = authority.certificate.notAfter - .seconds(86_400)
        let certificate = try authority.issue(for: PrivateKey.generate().publicKey, agent: .random(), at: late)
        #expect(certificate.notAfter == authority.certificate.notAfter)
    }

    @Test func aTokenIsBoundToTheCollectorsKey() throws {
        let token = try authority.token(address: "https://a:8444")
        #expect(try EnrolmentToken(token.text).fingerprint == authority.serverCertificate.fingerprint)
    }
}

@Suite struct EnrolmentAttemptTests {
    private let key: PublicKey
    private let fresh: AgentID
    private let known: AgentID
    private let machine = [UInt8](repeating: 7, count: 32)

    init() throws {
        key = try PrivateKey.generate().publicKey
        fresh = try AgentID.random()
        known = try AgentID.random()
    }

    private func decide(
        _ token: EnrolmentAttempt.Token, key: PublicKey?, machine: [UInt8]? = nil, knownAs: AgentID? = nil,
        silence: Duration? = nil
    ) -> EnrolmentDecision {
        EnrolmentAttempt(
            token: token, key: key, machine: machine ?? self.machine, knownAs: knownAs, silence: silence
        )
        .decide(fresh: fresh)
    }

    @Test func aNewMachineGetsAFreshIdentifierAndAKnownOneKeepsIts() {
        #expect(decide(.valid, key: key) == .issue(to: fresh, key: key, as: .newAgent))
        #expect(decide(.valid, key: key, knownAs: known) == .issue(to: known, key: key, as: .knownAgent))
    }

    @Test func nobodyBecomesAnAgentThatIsAlive() {
        for silence in [Duration.seconds(-3600), .zero, .seconds(119)] {
            #expect(decide(.valid, key: key, knownAs: known, silence: silence) == .refuse(.machineActive))
        }
        #expect(
            decide(.valid, key: key, knownAs: known, silence: .seconds(120))
                == .issue(to: known, key: key, as: .knownAgent))
    }

    @Test func withoutAValidTokenNothingElseIsLookedAt() {
        for key in [key, nil] {
            #expect(decide(.unknown, key: key, knownAs: known) == .refuse(.tokenUnknown))
            #expect(decide(.expired, key: key, knownAs: known) == .refuse(.tokenExpired))
            #expect(decide(.used(nil), key: key, knownAs: known) == .refuse(.tokenUsed))
        }
    }

    @Test func aBadRequestIsRefused() {
        #expect(decide(.valid, key: nil) == .refuse(.requestInvalid))
        #expect(decide(.valid, key: key, machine: []) == .refuse(.requestInvalid))
        #expect(decide(.valid, key: key, machine: machine + [1]) == .refuse(.requestInvalid))
    }

    @Test func whoseAnswerWasLostGetsItAgainAndNobodyElse() throws {
        let outcome = EnrolmentAttempt.Outcome(agent: known, key: key.fingerprint)
        #expect(decide(.used(outcome), key: key) == .issue(to: known, key: key, as: .repeated))
        #expect(decide(.used(outcome), key: try PrivateKey.generate().publicKey) == .refuse(.tokenUsed))
        #expect(decide(.used(outcome), key: nil) == .refuse(.tokenUsed))
    }

    @Test func theCodesAreStable() {
        #expect(
            EnrolmentDecision.Refusal.allCases.map(\.rawValue) == [
                "token-unknown", "token-used", "token-expired", "request-invalid", "machine-active",
            ])
    }
}
