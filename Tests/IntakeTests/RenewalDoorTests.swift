import AgentKit
import Authority
import Credentials
import Curl
import Enrolment
import Keys
import Logging
import SQLite
import Storage
import SwiftProtobuf
import TestSupport
import Testing
import Vocabulary
import Wire

/// POST /agent/v1/renew, asked by the agent's own code over real TLS with a certificate near its end.
@Suite struct RenewalDoorTests {
    /// Both sides' clock stands where the door's does, or ahead of it.
    private struct Standing: Timekeeper {
        var wall: Instant
        var monotonic: ContinuousClock.Instant { .now }

        func sleep(until deadline: ContinuousClock.Instant) async {}
    }

    /// An agent that was certified so long ago, with its identity on the disk.
    private struct Veteran {
        var link: MutualLink
        var renewal: Renewal
        var folder: String
        var first: Identity
        var id: String

        init(_ door: Door, issuedBefore age: Duration, clockAhead: Duration = .zero) async throws {
            let agent = try await door.agent("web-1", mark: 1)
            let (key, issued, serialOf) = (try PrivateKey.generate(), door.now - age, agent.id)
            let certificate = try door.authority.issue(
                for: key.publicKey, agent: try #require(AgentID(agent.id)), at: issued)
            try await door.database.write { connection in
                let agents = AgentStore(connection)
                try agents.removeJuniors(ofSerial: agent.certificate.serial)
                try agents.revokeCertificates(of: serialOf, at: issued)
                try agents.addCertificate(
                    serial: certificate.serial, agent: serialOf, issued: issued, expires: certificate.notAfter)
            }
            folder = door.folder.path("agent")
            try StateFile.makeFolder(folder)
            first = Identity(
                collector: "https://127.0.0.1:\(door.port)", pinnedKey: door.authority.serverKey.fingerprint, key: key,
                certificate: certificate)
            try first.keep(in: folder)
            let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            link = MutualLink(engine: door.curl, identity: first, folder: folder, log: log)
            renewal = Renewal(
                link: link, folder: folder, instance: 1, time: Standing(wall: door.now + clockAhead), log: log)
            id = agent.id
        }
    }

    private func status(_ door: Door, as identity: Identity) async throws -> Int {
        try await door.send(
            "GET", "/agent/v1/assignment", as: ClientIdentity(identity.certificate, identity.key)
        ).status
    }

    @Test func theRunningAgentGetsANewKeyAndTheOldOneEndsWhenItIsUsed() async throws {
        try await Door.open { door in
            let agent = try await Veteran(door, issuedBefore: .seconds(61 * 86_400))
            #expect(try await agent.link.get("/agent/v1/assignment").get().status == 200)
            #expect(await agent.renewal.renewIfDue() == .renewed)
            let renewed = agent.link.identity
            #expect(renewed.key.fingerprint != agent.first.key.fingerprint)
            #expect(!AgentLease.isRenewalDue(renewed.certificate, at: door.now + .seconds(59 * 86_400)))
            #expect(try Identity(folder: agent.folder).certificate == renewed.certificate)
            // Nobody has seen the new one yet, so the old one is good: a crash at this point locks nobody out.
            #expect(try await status(door, as: agent.first) == 200)
            #expect(try await agent.link.get("/agent/v1/assignment").get().status == 200)
            #expect(try await status(door, as: agent.first) == 403)
            #expect(try await status(door, as: renewed) == 200)
            #expect(await agent.renewal.renewIfDue() == .notDue)
            let known = try await door.database.read {
                try AgentStore($0).agent(certificateSerial: renewed.certificate.serial)
            }
            #expect(known == agent.id)
        }
    }

    @Test func anAnswerThatWasLostCostsNothing() async throws {
        try await Door.open { door in
            let agent = try await Veteran(door, issuedBefore: .seconds(61 * 86_400))
            var lost: [Identity] = []
            for _ in 0..<3 {
                let key = try PrivateKey.generate()
                var request = ProtoEnrolRequest()
                request.version = Limits.version
                request.signingRequest = .init(try SigningRequest(commonName: "x", key: key).der)
                let answer = try await door.send(
                    "POST", "/agent/v1/renew", try request.serializedBytes(),
                    as: ClientIdentity(agent.first.certificate, agent.first.key))
                try #require(answer.status == 200)
                var identity = agent.first
                identity.key = key
                identity.certificate = try Keys.Certificate(
                    pem: try ProtoEnrolReply(serializedBytes: answer.body).certificate)
                lost.append(identity)
            }
            #expect(try await status(door, as: agent.first) == 200)
            // Each new one takes the place of the one that was never seen.
            #expect(try await status(door, as: lost[0]) == 403)
            let good = try await door.database.read { connection in
                try connection.rows("SELECT serial FROM certificate WHERE revoked IS NULL") { $0.text(0) }
            }
            #expect(Set(good) == [agent.first.certificate.serial, lost[2].certificate.serial])
            #expect(try await status(door, as: lost[2]) == 200)
            #expect(try await status(door, as: agent.first) == 403)
        }
    }

    @Test func theCollectorsClockSaysWhatIsDue() async throws {
        try await Door.open { door in
            let agent = try await Veteran(
                door, issuedBefore: .seconds(50 * 86_400), clockAhead: .seconds(20 * 86_400))
            #expect(await agent.renewal.renewIfDue() == .failed)
            #expect(agent.link.identity.certificate == agent.first.certificate)
            #expect(try await agent.link.get("/agent/v1/assignment").get().status == 200)
        }
    }

    @Test func anUnusableRequestIsRefused() async throws {
        try await Door.open { door in
            let agent = try await Veteran(door, issuedBefore: .seconds(61 * 86_400))
            var request = ProtoEnrolRequest()
            request.version = Limits.version
            request.signingRequest = .init([1, 2, 3])
            let identity = ClientIdentity(agent.first.certificate, agent.first.key)
            let bad = try await door.send("POST", "/agent/v1/renew", try request.serializedBytes(), as: identity)
            #expect(try bad.status == 400 && bad.code == "request-invalid")
            let noise = try await door.send("POST", "/agent/v1/renew", [0xff, 0xff], as: identity)
            #expect(try noise.status == 400 && noise.code == "malformed")
            #expect(try await status(door, as: agent.first) == 200)
        }
    }

    @Test func anIdentityThatWasEnrolledMeanwhileIsTakenUp() async throws {
        try await Door.open { door in
            let agent = try await Veteran(door, issuedBefore: .seconds(1))
            // The same machine enrols anew, which ends what it had; the running agent notices when it is refused.
            let anew = try await door.agent("web-1", mark: 1)
            var identity = agent.first
            identity.key = anew.key
            identity.certificate = anew.certificate
            try identity.keep(in: agent.folder)
            #expect(try await agent.link.get("/agent/v1/assignment").get().status == 403)
            #expect(try await agent.link.get("/agent/v1/assignment").get().status == 200)
        }
    }
}
