import Enrolment
import Keys
import Testing
import Vocabulary

@Suite struct AgentIdentityTests {
    @Test func anIdentityComesBack() throws {
        let agent = try AgentID.random()
        #expect(agent.text.utf8.count == 16)
        #expect(AgentIdentity.agent(of: AgentIdentity.uri(of: agent)) == agent)
        #expect(try AgentID.random() != agent)
    }

    @Test(arguments: [
        "haidang:agent:", "haidang:agent:0123456789ABCDEF", "haidang:agent:0123456789abcde",
        "haidang:agent:0123456789abcdef0", "haidang:user:0123456789abcdef", "haidang:agent:0123456789abcdeg",
        " haidang:agent:0123456789abcdef", "",
    ])
    func anotherURIIsNoAgent(uri: String) {
        #expect(AgentIdentity.agent(of: uri) == nil)
    }

    @Test func aCertificateNamesExactlyOneAgent() throws {
        let one = AgentIdentity.uri(of: try AgentID.random())
        let two = AgentIdentity.uri(of: try AgentID.random())
        #expect(AgentIdentity.agent(of: try certificate([one])) == AgentIdentity.agent(of: one))
        #expect(AgentIdentity.agent(of: try certificate([one, two])) == nil)
        #expect(AgentIdentity.agent(of: try certificate([])) == nil)
        #expect(AgentIdentity.agent(of: try certificate(["https://example/"])) == nil)
    }

    @Test func renewalIsDueAfterSixtyDays() throws {
        let issued = Instant(seconds: 1_700_000_000)
        let lease = try certificate(["x:y"], to: issued + AgentLease.validity)
        #expect(!AgentLease.isRenewalDue(lease, at: issued + .seconds(60 * 86_400 - 1)))
        #expect(AgentLease.isRenewalDue(lease, at: issued + .seconds(60 * 86_400)))
    }

    private func certificate(
        _ uris: [String], to end: Instant = Instant(seconds: 1_800_000_000)
    ) throws -> Certificate {
        try CertificateTemplate(
            .client, commonName: "agent", from: Instant(seconds: 1_699_000_000), to: end,
            names: AlternativeNames(uris: uris)
        ).issueSelfSigned(with: .generate())
    }
}
