import Foundation
import Intake
import Storage
import SwiftProtobuf
import Testing
import Vocabulary
import Wire

/// GET /agent/v1/assignment: what an agent is to ask.
@Suite struct AssignmentDoorTests {
    private func assignment(of agent: Door.Agent, _ door: Door) async throws -> ProtoAssignment {
        let answer = try await door.send("GET", "/agent/v1/assignment", as: agent.identity)
        #expect(answer.status == 200)
        return try ProtoAssignment(serializedBytes: answer.body)
    }

    @Test func aNewPortMakesANewVersionAndTheSameChecksTheSame() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let nothing = try await assignment(of: agent, door)
            #expect(nothing.checks.isEmpty && !nothing.version.isEmpty)
            var versions: Set<String> = [nothing.version]
            let ssh = Fact("listen", "tcp", "0.0.0.0:22", "program", value: "sshd")
            let web = Fact("listen", "tcp", "0.0.0.0:443", "program", value: "nginx")
            let steps: [([Fact], [String])] = [
                ([ssh], ["web-1/host", "web-1/tcp-22"]),
                ([ssh, web], ["web-1/host", "web-1/tcp-22", "web-1/tcp-443"]),
            ]
            for (index, (facts, names)) in steps.enumerated() {
                let seen = door.now + .seconds(Int64(index))
                let sequence = UInt64(index) + 1
                _ = try await door.deliver([(sequence, try Door.sheet(facts, at: seen))], as: agent)
                try await door.engine.applyJournal()
                let now = try await assignment(of: agent, door)
                #expect(now.checks.map(\.name) == names)
                #expect(versions.insert(now.version).inserted)
                // Every report says which version holds; a repeated one changes nothing.
                let reply = try await door.deliver([(sequence, try Door.sheet(facts, at: seen))], as: agent)
                #expect(reply.assignmentVersion == now.version)
            }
        }
    }

    @Test func theSameChecksHaveTheSameBytesAfterARestart() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let facts = (1...50).map { Fact("listen", "tcp", "0.0.0.0:\($0)", "program", value: "x") }
            _ = try await door.deliver([(1, try Door.sheet(facts, at: door.now))], as: agent)
            try await door.engine.applyJournal()
            let first = try await door.send("GET", "/agent/v1/assignment", as: agent.identity).body
            #expect(try ProtoAssignment(serializedBytes: first).checks.count == 51)
            for _ in 0..<3 {
                let anew = try await Assignments(database: door.database) { _, _ in nil }.body(of: agent.id)
                #expect(anew == first)
            }
        }
    }

    @Test func eachAgentHearsOfItsOwnChecksOnly() async throws {
        try await Door.open { door in
            let (one, two) = (try await door.agent("web-1", mark: 1), try await door.agent("web-2", mark: 2))
            _ = try await door.deliver([(1, try Door.sheet([], at: door.now))], as: one)
            try await door.engine.applyJournal()
            #expect(try await assignment(of: one, door).checks.map(\.name) == ["web-1/host"])
            #expect(try await assignment(of: two, door).checks.isEmpty)
        }
    }

    @Test func aSecretGoesToTheAgentWhoseChecksNeedItAndToNoOther() async throws {
        try await Door.open { door in
            let (one, two) = (try await door.agent("web-1", mark: 1), try await door.agent("web-2", mark: 2))
            let check = Check(
                name: CheckName(asset: "web-1", part: "snmp"), kind: "snmp", target: "192.0.2.1",
                settings: ["secret": "devices-ro"], interval: .seconds(60), timeout: .seconds(30))
            try await door.database.write { connection in
                let id = try #require(try AssetStore(connection).id(named: "web-1"))
                try CheckStore(connection).put(check, assetID: id, agent: one.id, at: door.now)
            }
            let before = try await assignment(of: one, door)
            #expect(before.checks.map(\.name) == ["web-1/snmp"] && before.secrets.isEmpty, "nobody has set it yet")
            // The stand-in for a box turns the bytes round.
            for value in ["terces", "wen"] {
                try await door.database.write { connection in
                    try SecretStore(connection).put("devices-ro", sealed: Array(value.utf8), at: door.now)
                    try SecretStore(connection).put("other", sealed: [1], at: door.now)
                }
                door.assignments.forget([one.id, two.id])
                let now = try await assignment(of: one, door)
                #expect(now.secrets.map(\.name) == ["devices-ro"])
                #expect(now.secrets.first?.value == String(value.reversed()))
                #expect(now.version != before.version)
                #expect(try await assignment(of: two, door).secrets.isEmpty)
            }
        }
    }
}

extension Door {
    /// What a machine tells of itself.
    static func sheet(_ facts: [Fact], at seen: Instant) throws -> [UInt8] {
        try Report(sealed: seen, facts: FactSheet(asset: "", source: "agent", seen: seen, facts: facts)).encoded()
    }
}
