import Detection
import Foundation
import Gzip
import Intake
import Keys
import Storage
import SwiftProtobuf
import Testing
import Vocabulary
import Wire

/// A disk that was copied reports, or enrols, beside its original.
@Suite struct CloneDoorTests {
    /// One heartbeat of a process, with one report.
    private func beat(
        _ door: Door, _ agent: Door.Agent, instance: UInt64, hostname: String, sequence: UInt64
    ) async throws -> Door.Answer {
        var delivery = ProtoDelivery([(sequence, try Report(sealed: door.now).encoded())])
        delivery.presence.instance = instance
        delivery.presence.hostname = hostname
        delivery.presence.address = "203.0.113.9"
        var forged = ProtoSighting()
        forged.address = "203.0.113.10"
        delivery.presence.others = [forged]
        return try await door.post(delivery, as: agent)
    }

    private func presence(_ door: Door, _ agent: Door.Agent) async throws -> Presence {
        let id = agent.id
        return Presence(try await door.database.read { try AgentStore($0).presence(of: id) })
    }

    @Test func aCopyThatRunsIsSaidAndWhatItReportsIsNotTaken() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            for (sequence, instance) in [UInt64(1), 2, 1, 2].enumerated() {
                let answer = try await beat(
                    door, agent, instance: instance, hostname: "web-\(instance)", sequence: UInt64(sequence) + 1)
                #expect(answer.status == 200)
            }
            // A restart looks the same so far: nothing is said of it.
            #expect(try await presence(door, agent).others.isEmpty)
            #expect(try await presence(door, agent).address == "127.0.0.1")
            #expect(try await beat(door, agent, instance: 1, hostname: "web-1", sequence: 5).status == 200)
            let said = try await presence(door, agent)
            #expect(said.hostname == "web-1" && said.others.map(\.hostname) == ["web-2"])
            #expect(said.others.map(\.address) == ["127.0.0.1"])
            let before = try door.journal()
            let refused = try await beat(door, agent, instance: 2, hostname: "web-2", sequence: 6)
            #expect(try refused.status == 409 && refused.code == "clone-suspected")
            let problem = try ProtoRefusal(serializedBytes: refused.body).problem
            #expect(problem.contains("web-1") && problem.contains("systemd-machine-id-setup"))
            #expect(try door.journal() == before)
            // Nor does the copy take the original's certificate over.
            var renewal = ProtoEnrolRequest()
            renewal.version = Limits.version
            renewal.instance = 2
            let renewed = try await door.send(
                "POST", "/agent/v1/renew", try renewal.serializedBytes(), as: agent.identity)
            #expect(try renewed.code == "clone-suspected")
            #expect(try await beat(door, agent, instance: 1, hostname: "web-1", sequence: 6).status == 200)
        }
    }

    @Test func agentsThatSayNoInstanceAreTakenAsTheyCome() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            for sequence in UInt64(1)...8 {
                let answer = try await beat(
                    door, agent, instance: 0, hostname: "web-\(sequence % 2)", sequence: sequence)
                #expect(answer.status == 200)
            }
            #expect(try await presence(door, agent).others.isEmpty)
        }
    }

    @Test func aRestartedCollectorKnowsTheOriginalFromTheStore() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            #expect(try await beat(door, agent, instance: 1, hostname: "web-1", sequence: 1).status == 200)
            let ledger = InstanceLedger(database: door.database)
            let (there, here) = (
                InstanceWatch.Origin(address: "192.0.2.2", hostname: "web-1"),
                InstanceWatch.Origin(address: "127.0.0.1", hostname: "web-1")
            )
            // The copy happens to be the first that is heard.
            var standing = InstanceWatch.Standing.alone
            for instance in [UInt64(2), 1, 2, 1, 2] {
                standing = try await ledger.hear(
                    instance, from: instance == 2 ? there : here, as: agent.id, at: door.now
                ).standing
            }
            guard case .copy(of: let original) = standing else {
                Issue.record("\(standing)")
                return
            }
            #expect(original.number == 1 && original.origin == here)
        }
    }

    @Test func aCopyThatEnrolsDoesNotBecomeAnAgentThatIsAlive() async throws {
        try await Door.open { door in
            let original = try await door.agent("web-1", mark: 1)
            #expect(try await beat(door, original, instance: 1, hostname: "web-1", sequence: 1).status == 200)
            let (secret, key) = (try await door.secret(), try PrivateKey.generate())
            let refused = try await door.enrol(ProtoEnrolRequest(secret: secret, key: key, hostname: "web-1", mark: 1))
            #expect(try refused.status == 403 && refused.code == "machine-active")
            #expect(try ProtoRefusal(serializedBytes: refused.body).problem.contains("systemd-machine-id-setup"))
            #expect(try await door.send("GET", "/agent/v1/assignment", as: original.identity).status == 200)
            // With an id of its own the same token is good, and the copy is an agent of its own.
            let taken = try await door.enrol(ProtoEnrolRequest(secret: secret, key: key, hostname: "web-1", mark: 2))
            #expect(taken.status == 200)
            #expect(try ProtoEnrolReply(serializedBytes: taken.body).agent != original.id)
        }
    }
}
