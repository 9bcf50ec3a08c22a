import Authority
import Curl
import Enrolment
import HTTPTypes
import Intake
import Keys
import SQLite
import Storage
import SwiftProtobuf
import TestSupport
import Testing
import Vocabulary
import Wire

/// Who is let in at the agents' port, asked over real TLS.
@Suite struct AgentsPortIdentityTests {
    @Test func everyRouteButEnrolmentWantsACertificate() async throws {
        try await Door.open { door in
            #expect(door.routes.filter { !$0.wantsIdentity }.map(\.path) == ["/agent/v1/enrol"])
            let known = door.routes.filter(\.wantsIdentity)
            #expect(known.count >= 2)
            for route in known {
                let answer = try await door.send(route.method.rawValue, route.path)
                #expect(answer.status == 401, "\(route.path)")
                #expect(try answer.code == "no-certificate", "\(route.path)")
            }
        }
    }

    @Test func whatIsNoRouteIsNotFound() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            for (method, path) in [
                ("GET", "/"), ("GET", "/agent/v1/"), ("GET", "/agent/v1/report"), ("POST", "/agent/v1/assignment"),
                ("GET", "/agent/v1/assignment/x"), ("GET", "/agent/v1/%61ssignment/"), ("GET", "/api/v1/status"),
            ] {
                #expect(try await door.send(method, path, as: agent.identity).status == 404, "\(method) \(path)")
            }
        }
    }

    @Test func aStrangersCertificateFailsInTheHandshakeAndOthersAreServed() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let stranger = try AuthorityFiles(folder: door.folder.path("stranger"))
                .open(for: ServerNames(["localhost"]), at: door.now)
            let id = try #require(AgentID(agent.id))
            let key = try PrivateKey.generate()
            let forged = try stranger.issue(for: key.publicKey, agent: id, at: door.now)
            try await refusesHandshake(ClientIdentity(forged, key), door)
            #expect(try await door.send("GET", "/agent/v1/assignment", as: agent.identity).status == 200)
        }
    }

    @Test func anExpiredCertificateOfOursFailsInTheHandshakeAndOthersAreServed() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let id = try #require(AgentID(agent.id))
            let longAgo = door.now - AgentLease.validity - .seconds(60)
            let expired = try door.authority.issue(for: agent.key.publicKey, agent: id, at: longAgo)
            // Known to the store: it is the handshake that must refuse it.
            try await door.database.write { connection in
                try AgentStore(connection).addCertificate(
                    serial: expired.serial, agent: id.text, issued: longAgo, expires: expired.notAfter)
            }
            try await refusesHandshake(ClientIdentity(expired, agent.key), door)
            #expect(try await door.send("GET", "/agent/v1/assignment", as: agent.identity).status == 200)
        }
    }

    @Test func theCollectorsOwnCertificateIsNoAgents() async throws {
        try await Door.open { door in
            let own = ClientIdentity(door.authority.serverCertificate, door.authority.serverKey)
            try await refusesHandshake(own, door)
        }
    }

    @Test func aGoodChainAloneOpensNothing() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let key = try PrivateKey.generate()
            let id = try #require(AgentID(agent.id))
            let unknown = try door.authority.issue(for: key.publicKey, agent: id, at: door.now)
            for route in door.routes where route.wantsIdentity {
                let answer = try await door.send(
                    route.method.rawValue, route.path, as: ClientIdentity(unknown, key))
                #expect(answer.status == 403, "\(route.path)")
                #expect(try answer.code == "certificate-unknown", "\(route.path)")
            }
        }
    }

    @Test func aRevokedCertificateOpensNothing() async throws {
        try await Door.open { door in
            let (agent, now) = (try await door.agent("web-1", mark: 1), door.now)
            let id = agent.id
            #expect(try await door.send("GET", "/agent/v1/assignment", as: agent.identity).status == 200)
            try await door.database.write { try AgentStore($0).revokeCertificates(of: id, at: now) }
            let answer = try await door.send("GET", "/agent/v1/assignment", as: agent.identity)
            #expect(try answer.status == 403 && answer.code == "certificate-unknown")
        }
    }

    @Test func aRevokedAgentIsLockedOutWithAGoodCertificate() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let id = agent.id
            try await door.database.write { try $0.run("UPDATE agent SET revoked = 1 WHERE id = ?", id) }
            let answer = try await door.send("POST", "/agent/v1/report", as: agent.identity)
            #expect(try answer.status == 403 && answer.code == "certificate-unknown")
        }
    }

    @Test func withoutTLSThereIsNoAnswer() async throws {
        try await Door.open { door in
            let plain = Transfer("http://127.0.0.1:\(door.port)/agent/v1/assignment", timeout: .seconds(20))
            let result = await door.curl.perform(plain)
            #expect(throws: TransferError.self) { try result.get() }
        }
    }

    private func refusesHandshake(_ identity: ClientIdentity, _ door: Door) async throws {
        let failure = await #expect(throws: TransferError.self) {
            _ = try await door.send("GET", "/agent/v1/assignment", as: identity)
        }
        let kind = try #require(failure).kind
        // In TLS 1.3 the client learns of the refusal when it reads.
        #expect(kind == .lost || kind == .tlsFailed)
    }
}
