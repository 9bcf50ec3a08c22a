import Credentials
import Enrolment
import Foundation
import Keys
import TestSupport
import Testing
import Vocabulary

/// The agent's identity on the disk: whole, its owner's only, and never half of one and half of another.
@Suite struct IdentityTests {
    private let folder: TemporaryFolder
    private let key: PrivateKey
    private let identity: Identity

    init() throws {
        folder = try TemporaryFolder()
        key = try PrivateKey.generate()
        identity = try Self.identity(key, days: 90)
    }

    private static func identity(_ key: PrivateKey, days: Int64) throws -> Identity {
        let now = Instant(seconds: 1_700_000_000)
        let agent = try #require(AgentID("00112233445566ff"))
        let certificate = try CertificateTemplate(
            .client, commonName: agent.text, from: now, to: now + .seconds(days * 86_400),
            names: AlternativeNames(uris: [AgentIdentity.uri(of: agent)])
        ).issueSelfSigned(with: key)
        return Identity(
            collector: "https://hai-dang.example:8444", pinnedKey: key.fingerprint, key: key, certificate: certificate)
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
    }

    @Test func whatWasKeptIsReadAgain() throws {
        #expect(!Identity.exists(in: folder.path))
        try identity.keep(in: folder.path)
        #expect(Identity.exists(in: folder.path))
        let read = try Identity(folder: folder.path)
        #expect(read.collector == identity.collector && read.pinnedKey == identity.pinnedKey)
        #expect(read.certificate == identity.certificate && read.key.fingerprint == key.fingerprint)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["agent.pem"])
        #expect(try mode("agent.pem") == 0o600)
    }

    @Test func aCrashWhileTheNextOneIsWrittenLeavesTheOldOne() throws {
        try identity.keep(in: folder.path)
        let next = try Self.identity(try PrivateKey.generate(), days: 180)
        let (text, place) = (try Self.text(of: next), folder.path("agent.pem.new"))
        for length in stride(from: 0, through: text.utf8.count, by: 97) {
            try Data(text.utf8.prefix(length)).write(to: URL(fileURLWithPath: place))
            #expect(try Identity(folder: folder.path).certificate == identity.certificate)
        }
        // And does not keep the next attempt from succeeding.
        try next.keep(in: folder.path)
        #expect(try Identity(folder: folder.path).certificate == next.certificate)
    }

    private static func text(of identity: Identity) throws -> String {
        let folder = try TemporaryFolder()
        try identity.keep(in: folder.path)
        return try StateFile.read(folder.path("agent.pem"))
    }

    @Test func theFilesOfTheFirstAgentsAreReadAndReplaced() throws {
        try StateFile.write("\(identity.collector)\n\(identity.pinnedKey)\n", to: folder.path("collector"))
        try StateFile.write(key.pem(), to: folder.path("agent.key"))
        try StateFile.write(identity.certificate.pem, to: folder.path("agent.pem"))
        let read = try Identity(folder: folder.path)
        #expect(read.certificate == identity.certificate && read.collector == identity.collector)
        try read.keep(in: folder.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["agent.pem"])
        #expect(try Identity(folder: folder.path).key.fingerprint == key.fingerprint)
    }

    @Test func whatDoesNotBelongTogetherIsNamed() throws {
        let other = try PrivateKey.generate()
        var mixed = identity
        mixed.key = other
        try mixed.keep(in: folder.path)
        let error = #expect(throws: StateError.self) { _ = try Identity(folder: folder.path) }
        #expect(error?.path == folder.path("agent.pem"))
        for text in ["", "x", "https://a:1\n", try Self.text(of: identity).replacing("https", with: "http")] {
            try StateFile.write(text, to: folder.path("agent.pem"))
            #expect(throws: StateError.self) { _ = try Identity(folder: folder.path) }
        }
    }

    @Test func aLinkInPlaceOfTheDraftIsNotFollowed() throws {
        try StateFile.write("mine", to: folder.path("other"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("agent.pem.new"), withDestinationPath: folder.path("other"))
        try identity.keep(in: folder.path)
        #expect(try StateFile.read(folder.path("other")) == "mine")
    }

    @Test func looksComeHourlyAndAttemptsMoreOftenNearTheEnd() {
        let (end, due) = (identity.certificate.notAfter, identity.certificate.notAfter - AgentLease.margin)
        func pause(_ time: Instant, _ hasFailed: Bool) -> Duration {
            AgentLease.pause(before: identity.certificate, at: time, hasFailed: hasFailed)
        }
        #expect(pause(due - .seconds(86_400), false) == .seconds(3600))
        #expect(pause(due - .seconds(60), false) == .seconds(60))
        #expect(pause(due, false) == .seconds(1))
        #expect(pause(due, true) == .seconds(3600))
        #expect(pause(end - .seconds(20_000), true) == .seconds(1000))
        #expect(pause(end + .seconds(1), true) == .seconds(300))
    }
}
