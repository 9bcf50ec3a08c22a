import AgentKit
import Logging
import Spool
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing
import Wire

/// Secrets come with the assignment, are there before its checks ask, and are kept for the next start, sealed.
@Suite struct SentSecretsTests {
    private static let seal = Seal(seal: { $0.map { $0 ^ 0x5a } }, open: { $0.map { $0 ^ 0x5a } })

    private func assembly(_ spool: Spool, _ link: CollectorStandIn, _ secrets: SentSecrets) -> AgentAssembly {
        AgentAssembly(
            .init(
                programVersion: "1", catalogue: scripted(), spool: spool, secrets: secrets, seal: Self.seal, link: link,
                compress: { $0 }, readFacts: { ([], []) },
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    private func assignment(_ version: String, _ secrets: [String: String]) throws -> [UInt8] {
        var assignment = ProtoAssignment()
        assignment.versionOfFormat = 1
        assignment.version = version
        assignment.secrets = secrets.map { name, value in
            var secret = ProtoSecret()
            (secret.name, secret.value) = (name, value)
            return secret
        }
        return try assignment.serializedBytes()
    }

    @Test func theyComeAreReplacedAndAreThereAfterARestart() async throws {
        let folder = try TemporaryFolder()
        let (link, secrets) = (CollectorStandIn(), SentSecrets())
        let spool = try Spool(path: folder.file("spool"))
        let first = assembly(spool, link, secrets)
        #expect(secrets.value(of: "codecs-ro") == nil)
        link.state.withLock { $0.assignmentVersion = "1" }
        let bytes = try assignment("1", ["codecs-ro": "let-me-in\nand-quietly", "old": "x"])
        link.state.withLock { $0.assignment = bytes }
        await first.keeper.follow("1")
        #expect(secrets.value(of: "codecs-ro") == "let-me-in\nand-quietly")

        let next = try assignment("2", ["codecs-ro": "let-me-in-2"])
        link.state.withLock { $0.assignment = next }
        await first.keeper.follow("2")
        #expect(secrets.value(of: "codecs-ro") == "let-me-in-2" && secrets.value(of: "old") == nil)

        let kept = try #require(try await spool.kept("sealed-assignment"))
        #expect(kept.firstRange(of: Array("let-me-in".utf8)) == nil)
        let again = SentSecrets()
        await assembly(spool, link, again).keeper.restore()
        #expect(again.value(of: "codecs-ro") == "let-me-in-2")
    }

    @Test func anAssignmentThatWasKeptBeforeThereWereSecretsIsTakenUp() async throws {
        let folder = try TemporaryFolder()
        let spool = try Spool(path: folder.file("spool"))
        try await spool.keep(try assignment("7", [:]), as: "assignment")
        let agent = assembly(spool, CollectorStandIn(), SentSecrets())
        await agent.keeper.restore()
        #expect(agent.status.assignmentVersion == "7")
    }

    @Test func aSecretBeyondMeasureSpoilsTheAssignment() throws {
        let bytes = try assignment("1", ["long": String(repeating: "x", count: 20_000)])
        #expect(throws: WireError.self) { try Assignment(decoding: bytes, catalogue: scripted()) }
    }
}
