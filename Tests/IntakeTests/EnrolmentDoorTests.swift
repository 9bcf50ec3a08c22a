import Authority
import Foundation
import Keys
import Storage
import SwiftProtobuf
import Testing
import Vocabulary
import Wire

/// POST /agent/v1/enrol: the one door that opens without a certificate.
@Suite struct EnrolmentDoorTests {
    @Test func aTokenLetsOneMachineIn() async throws {
        try await Door.open { door in
            let agent = try await door.agent("Web-1.example", mark: 1)
            #expect(try agent.certificate.isSigned(by: door.authority.certificate))
            #expect(try await door.send("GET", "/agent/v1/assignment", as: agent.identity).status == 200)
            let known = try await door.database.read { try AgentStore($0).all(scope: .everything) }
            #expect(known.map(\.id) == [agent.id] && known.map(\.asset) == ["web-1"])
        }
    }

    @Test func aUsedTokenAnswersTheSameKeyAgainAndNobodyElse() async throws {
        try await Door.open { door in
            let (secret, key) = (try await door.secret(), try PrivateKey.generate())
            let first = try await door.enrol(ProtoEnrolRequest(secret: secret, key: key))
            let again = try await door.enrol(ProtoEnrolRequest(secret: secret, key: key))
            #expect(first.status == 200 && again.status == 200)
            let (one, two) = (
                try ProtoEnrolReply(serializedBytes: first.body), try ProtoEnrolReply(serializedBytes: again.body)
            )
            #expect(one.agent == two.agent)
            // Whichever of the two answers arrived: its certificate is good.
            for reply in [one, two] {
                let agent = Door.Agent(id: reply.agent, key: key, certificate: try Certificate(pem: reply.certificate))
                #expect(try await door.send("GET", "/agent/v1/assignment", as: agent.identity).status == 200)
            }
            let thief = try await door.enrol(ProtoEnrolRequest(secret: secret, key: try PrivateKey.generate(), mark: 2))
            #expect(try thief.status == 403 && thief.code == "token-used")
            #expect(try await door.database.read { try AgentStore($0).all(scope: .everything).count } == 1)
        }
    }

    @Test func ofManyWhoComeWithOneTokenAtOnceOneGetsIn() async throws {
        try await Door.open { door in
            let secret = try await door.secret()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for mark in UInt8(0)..<12 {
                    tasks.addTask {
                        let key = try PrivateKey.generate()
                        return try await door.enrol(ProtoEnrolRequest(secret: secret, key: key, mark: mark)).status
                    }
                }
                return try await tasks.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200] + Array(repeating: 403, count: 11))
            #expect(try await door.database.read { try AgentStore($0).all(scope: .everything).count } == 1)
        }
    }

    @Test func anExpiredTokenAndAnUnknownOneAreRefused() async throws {
        try await Door.open { door in
            let key = try PrivateKey.generate()
            let expired = try await door.enrol(
                ProtoEnrolRequest(secret: try await door.secret(expiringIn: .zero), key: key))
            #expect(try expired.status == 403 && expired.code == "token-expired")
            for secret in ["", "x", String(repeating: "0", count: 32)] {
                let unknown = try await door.enrol(ProtoEnrolRequest(secret: secret, key: key))
                #expect(try unknown.status == 403 && unknown.code == "token-unknown")
            }
            #expect(try await door.database.read { try AgentStore($0).all(scope: .everything).isEmpty })
        }
    }

    @Test func aMachineThatEnrolsAnewEndsWhatItHadBefore() async throws {
        try await Door.open { door in
            let (secret, key) = (try await door.secret(), try PrivateKey.generate())
            let first = try await door.enrol(ProtoEnrolRequest(secret: secret, key: key))
            let old = Door.Agent(
                id: try ProtoEnrolReply(serializedBytes: first.body).agent, key: key,
                certificate: try Certificate(pem: try ProtoEnrolReply(serializedBytes: first.body).certificate))
            let new = try await door.agent("web-1", mark: 1)
            #expect(new.id == old.id)
            #expect(try await door.send("GET", "/agent/v1/assignment", as: new.identity).status == 200)
            #expect(try await door.send("GET", "/agent/v1/assignment", as: old.identity).status == 403)
            // Nor does the token it once came with bring the old key back.
            let replay = try await door.enrol(ProtoEnrolRequest(secret: secret, key: key))
            #expect(try replay.status == 403 && replay.code == "token-used")
        }
    }

    @Test func anUnusableRequestLeavesTheTokenAsItIs() async throws {
        try await Door.open { door in
            let (secret, key) = (try await door.secret(), try PrivateKey.generate())
            let sound = try ProtoEnrolRequest(secret: secret, key: key)
            var forged = sound
            forged.signingRequest[forged.signingRequest.count - 1] ^= 1
            var broken = [forged, sound, sound, sound]
            broken[1].signingRequest = Data("no request".utf8)
            broken[2].signingRequest = Data()
            broken[3].machine = Data([1, 2, 3])
            for message in broken {
                let answer = try await door.enrol(message)
                #expect(try answer.status == 403 && answer.code == "request-invalid")
            }
            // Who has no token does not even learn that.
            broken[1].secret = "x"
            #expect(try await door.enrol(broken[1]).code == "token-unknown")
            #expect(try await door.enrol(sound).status == 200)
        }
    }

    @Test func anotherVersionAndWhatIsNoMessageAreRefused() async throws {
        try await Door.open { door in
            var message = try ProtoEnrolRequest(secret: try await door.secret(), key: try PrivateKey.generate())
            message.version = Limits.version + 1
            let newer = try await door.enrol(message)
            #expect(try newer.status == 400 && newer.code == "wrong-version")
            let empty = try await door.send("POST", "/agent/v1/enrol")
            #expect(try empty.status == 400 && empty.code == "wrong-version")
            let noise = try await door.send("POST", "/agent/v1/enrol", [UInt8](repeating: 0xff, count: 100))
            #expect(try noise.status == 400 && noise.code == "malformed")
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        try await Door.open { door in
            for count in [(64 << 10) + 1, 1 << 20] {
                let answer = try await door.send("POST", "/agent/v1/enrol", [UInt8](repeating: 0, count: count))
                #expect(try answer.status == 413 && answer.code == "too-large")
            }
            #expect(try await door.send("POST", "/agent/v1/enrol").status == 400)
        }
    }

    @Test func machinesOfTheSameNameBecomeAssetsOfTheirOwn() async throws {
        try await Door.open { door in
            let names = ["web", "web", "<b>", "../web"]
            for (mark, name) in names.enumerated() { _ = try await door.agent(name, mark: UInt8(mark)) }
            let assets = try await door.database.read { try AssetStore($0).all(scope: .everything).map(\.name) }
            #expect(Set(assets) == ["web", "web-2", "b", "machine"])
        }
    }
}
