import Curl
import Foundation
import TLS
import TestSupport
import Testing
import Vocabulary

@Suite struct EncryptionTests {
    private let engine: CurlEngine
    private let folder: TemporaryFolder
    private let certificates: Certificates

    init() throws {
        engine = CurlEngine()
        folder = try TemporaryFolder()
        certificates = try Certificates(in: folder)
    }

    private func server(_ name: String, _ more: String = "") throws -> Nginx {
        try Nginx(
            in: folder, listen: "ssl http2",
            "ssl_certificate \(name).pem; ssl_certificate_key \(name).key; \(more)"
                .replacingOccurrences(of: "FOLDER", with: folder.root.path))
    }

    private func transfer(_ url: String, trust: TLSOptions.Trust) -> Transfer {
        var transfer = Transfer(url, timeout: .seconds(20))
        transfer.connection = .fresh
        transfer.tls = TLSOptions(trust: trust, wantsCertificate: true)
        return transfer
    }

    private func kind(_ transfer: Transfer) async -> TransferError.Kind? {
        guard case .failure(let error) = await engine.perform(transfer) else { return nil }
        return error.kind
    }

    @Test func aTrustedServerShowsItsCertificate() async throws {
        try certificates.issue("portal", toDay: 30)
        let nginx = try server("portal")
        let trust = TLSOptions.Trust.authorities(try certificates.authority)
        let result = try await engine.perform(transfer("https://localhost:\(nginx.port)/", trust: trust)).get()
        #expect(result.version == "2" && result.verification == .passed && result.timings.tls > .zero)
        let leaf = try #require(result.certificate)
        #expect(leaf.subject.contains("Sở Thông tin") && leaf.subject.contains("CN = portal"))
        #expect(leaf.issuer.contains("Hải Đăng"))
        #expect(leaf.names == ["localhost", "127.0.0.1"])
        let (start, end) = (try #require(leaf.notBefore), try #require(leaf.notAfter))
        #expect(end - start == .seconds(31 * 86_400))
    }

    @Test func badCertificatesAreToldApart() async throws {
        let trust = TLSOptions.Trust.authorities(try certificates.authority)
        try certificates.issue("expired", fromDay: -9, toDay: -2)
        try certificates.issue("early", fromDay: 2, toDay: 9)
        try certificates.issue("other", names: "DNS:other.example")
        let expired = try server("expired")
        #expect(
            await kind(transfer("https://localhost:\(expired.port)/", trust: trust)) == .unverified(.expired))
        let early = try server("early")
        #expect(await kind(transfer("https://localhost:\(early.port)/", trust: trust)) == .unverified(.notYetValid))
        let other = try server("other")
        let url = "https://localhost:\(other.port)/"
        #expect(await kind(transfer(url, trust: trust)) == .unverified(.wrongName))
        guard case .unverified(.untrusted) = await kind(transfer(url, trust: .system)) else {
            Issue.record("expected it to be untrusted")
            return
        }
        let accepted = try await engine.perform(transfer(url, trust: .anybody)).get()
        #expect(accepted.verification == .passed && accepted.certificate?.names == ["other.example"])
    }

    @Test func aRefusedCertificateIsShown() async throws {
        let trust = TLSOptions.Trust.authorities(try certificates.authority)
        try certificates.issue("expired", fromDay: -9, toDay: -2)
        try certificates.issue("other", names: "DNS:other.example,IP:192.0.2.7")
        for (name, names) in [("expired", ["localhost", "127.0.0.1"]), ("other", ["other.example", "192.0.2.7"])] {
            let nginx = try server(name)
            let refused = await engine.perform(transfer("https://localhost:\(nginx.port)/", trust: trust))
            guard case .failure(let error) = refused else {
                Issue.record("\(name) was accepted")
                continue
            }
            #expect(error.step == .tls && error.certificate?.names == names)
        }
    }

    /// The system's authorities are loaded once for all, and what a server shows belongs to its connection.
    @Test func eachConnectionShowsItsOwnCertificate() async throws {
        var servers: [(nginx: Nginx, name: String)] = []
        for number in 0..<3 {
            try certificates.issue("s\(number)", names: "DNS:s\(number).example")
            servers.append((try server("s\(number)"), "s\(number).example"))
        }
        let engine = engine
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                let (nginx, name) = servers[number % 3]
                let asked = transfer(
                    "https://localhost:\(nginx.port)/", trust: number % 2 == 0 ? .system : .anybody)
                group.addTask {
                    switch await engine.perform(asked) {
                    case .success(let result): number % 2 == 1 && result.certificate?.names == [name]
                    case .failure(let error): number % 2 == 0 && error.certificate?.names == [name]
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test func whoDoesNotAskIsShownNothing() async throws {
        try certificates.issue("portal")
        let nginx = try server("portal")
        var asked = transfer("https://localhost:\(nginx.port)/", trust: .anybody)
        asked.tls.wantsCertificate = false
        #expect(try await engine.perform(asked).get().certificate == nil)
    }

    @Test func aHandshakeAloneShowsTheCertificateAndSendsNothing() async throws {
        try certificates.issue("expired", fromDay: -9, toDay: -2)
        let nginx = try server("expired", "access_log FOLDER/access.log;")
        var look = transfer("https://localhost:\(nginx.port)/", trust: .anybody)
        look.extent = .handshake
        let result = try await engine.perform(look).get()
        #expect(result.status == 0 && result.certificate?.subject.contains("expired") == true)
        #expect(try folder.bytes(of: "access.log").isEmpty)
    }

    @Test func theServersKeyIsPinned() async throws {
        try certificates.issue("portal")
        let nginx = try server("portal")
        let digest = try Command.run(
            "sh", "-c",
            "openssl pkey -in \(folder.path("portal.key")) -pubout -outform der | openssl dgst -sha256 -binary | base64"
        )
        let pin = "sha256//" + String(decoding: digest.output, as: UTF8.self).filter { !$0.isWhitespace }
        var pinned = transfer("https://localhost:\(nginx.port)/", trust: .anybody)
        pinned.tls.pinnedKey = pin
        #expect(await kind(pinned) == nil)
        pinned.tls.pinnedKey = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        #expect(await kind(pinned) == .keyMismatch)
    }

    @Test func aClientProvesItself() async throws {
        try certificates.issue("portal")
        try certificates.issue("agent")
        let nginx = try server(
            "portal",
            "ssl_client_certificate ca.pem; ssl_verify_client optional; location / { return 200 '$ssl_client_s_dn'; }")
        var transfer = transfer(
            "https://localhost:\(nginx.port)/", trust: .authorities(try certificates.authority))
        let stranger = try await engine.perform(transfer).get()
        #expect(stranger.body == [])
        transfer.tls.identity = ClientIdentity(
            certificate: try folder.bytes(of: "agent.pem"), key: try folder.bytes(of: "agent.key"))
        let known = try await engine.perform(transfer).get()
        #expect(String(decoding: known.body, as: UTF8.self).contains("CN=agent"))
        transfer.tls.identity?.key = Array("nonsense".utf8)
        #expect(await kind(transfer) == .badCredentials)
    }

    @Test func plainTextOnATLSPortFailsTheHandshake() async throws {
        let nginx = try Nginx(in: folder, "")
        #expect(await kind(transfer("https://localhost:\(nginx.port)/", trust: .system)) == .tlsFailed)
    }
}
