import Curl
import TestSupport
import Testing

/// Handles of libcurl serve one transfer after another: nothing of one may show in the next.
@Suite struct ReuseTests {
    private let folder: TemporaryFolder
    private let certificates: Certificates

    init() throws {
        folder = try TemporaryFolder()
        certificates = try Certificates(in: folder)
    }

    private struct Servers {
        var plain: Nginx
        var secure: Nginx
        var other: Nginx
        var authority: [UInt8]
        var pin: String

        var echo: String { "http://127.0.0.1:\(plain.port)/echo" }
        var away: String { "http://127.0.0.1:\(plain.port)/away" }
    }

    private func servers() throws -> Servers {
        try certificates.issue("one")
        try certificates.issue("two")
        let echo = """
            location / { return 200 "$request_method|$http_user_agent|$http_accept|$http_x_a|$http_authorization|\
            $content_length|$content_type|$request_uri|$host|$server_protocol"; }
            location /away { return 302 /echo; }
            """
        let tls = { (name: String) in "ssl_certificate \(name).pem; ssl_certificate_key \(name).key; \(echo)" }
        let digest = try Command.run(
            "sh", "-c",
            "openssl pkey -in \(folder.path("one.key")) -pubout -outform der | openssl dgst -sha256 -binary | base64")
        return Servers(
            plain: try Nginx(in: folder, echo), secure: try Nginx(in: folder, listen: "ssl http2", tls("one")),
            other: try Nginx(in: folder, listen: "ssl http2", tls("two")), authority: try certificates.authority,
            pin: "sha256//" + String(decoding: digest.output, as: UTF8.self).filter { !$0.isWhitespace })
    }

    private func fresh(_ url: String, _ change: (inout Transfer) -> Void = { _ in }) -> Transfer {
        var transfer = Transfer(url, timeout: .seconds(20))
        transfer.connection = .fresh
        change(&transfer)
        return transfer
    }

    /// What leaves as much behind as a transfer can, with handles that are used again and with others.
    private func stains(_ servers: Servers) -> [Transfer] {
        let secure = "https://localhost:\(servers.secure.port)/echo"
        return [
            fresh(servers.echo) { $0.method = "HEAD" }, fresh(servers.echo) { $0.method = "DELETE" },
            fresh(servers.echo) { $0.headers = [Header("User-Agent", "stain"), Header("Accept", "stain/x")] },
            fresh(servers.away) { $0.redirects = 5 }, fresh(servers.echo) { $0.bodyLimit = 3 },
            fresh(servers.echo) { $0.keepsBody = false },
            fresh("http://stain.example/") {
                $0.connectTo = .init(
                    host: "stain.example", port: 80, address: "127.0.0.1", addressPort: servers.plain.port)
            },
            fresh(secure) { $0.tls = TLSOptions(trust: .anybody, wantsCertificate: true) },
            fresh(secure) { $0.tls = TLSOptions(trust: .authorities(servers.authority)) },
            fresh(secure) {
                $0.tls = TLSOptions(trust: .anybody, pinnedKey: servers.pin)
                $0.version = .one
                $0.family = .ipv4
            },
            fresh(servers.echo) {
                $0.method = "PUT"
                $0.body = Array("stain".utf8)
                $0.headers = [Header("X-A", "stain"), Header("Content-Type", "stain/x")]
                $0.login = Transfer.Login(.basic, user: "stain", password: "stain")
            },
            fresh(servers.echo) { $0.proxy = "http://127.0.0.1:\(servers.plain.port)" },
        ]
    }

    @Test func nothingOfATransferShowsInTheNext() async throws {
        let servers = try servers()
        let engine = CurlEngine()
        for stain in stains(servers) {
            _ = try await engine.perform(stain).get()
            let plain = try await engine.perform(fresh(servers.echo)).get()
            #expect(String(decoding: plain.body, as: UTF8.self) == "GET||*/*|||||/echo|127.0.0.1|HTTP/1.1")
            #expect(!plain.isBodyCut && plain.certificate == nil && plain.timings.tls == .zero && plain.redirects == 0)
            _ = try await engine.perform(stain).get()
            #expect(try await engine.perform(fresh(servers.away)).get().status == 302)
            _ = try await engine.perform(stain).get()
            let secure = "https://localhost:\(servers.secure.port)/"
            guard case .failure(let error) = await engine.perform(fresh(secure)), case .unverified = error.kind else {
                Issue.record("\(stain): an unknown authority was trusted")
                continue
            }
            #expect(error.certificate == nil)
            _ = try await engine.perform(stain).get()
            let trust = TLSOptions(trust: .authorities(servers.authority))
            let other = fresh("https://localhost:\(servers.other.port)/") { $0.tls = trust }
            #expect(try await engine.perform(other).get().version == "2")
        }
    }

    @Test func whatFailedLeavesNothingBehind() async throws {
        let servers = try servers()
        let engine = CurlEngine()
        let silent = try Loopback()
        let failures = [
            fresh("http://127.0.0.1:\(try Loopback.freePort())/"),
            fresh("http://127.0.0.1:\(silent.port)/") { $0.timeout = .milliseconds(50) },
            fresh("https://127.0.0.1:\(servers.plain.port)/"), fresh("http://nothing.invalid/"),
            fresh("nonsense://127.0.0.1/"),
        ]
        for failing in failures {
            guard case .failure = await engine.perform(failing) else {
                Issue.record("\(failing) succeeded")
                continue
            }
            let plain = try await engine.perform(fresh(servers.echo)).get()
            #expect(plain.status == 200 && plain.verification == .passed)
        }
    }

    @Test func onlyWhatHoldsNoSecretIsPlain() {
        #expect(fresh("http://a/b").isPlain)
        #expect(fresh("https://a/b") { $0.headers = [Header("user-agent", "x"), Header("Accept", "y")] }.isPlain)
        let secrets: [(inout Transfer) -> Void] = [
            { $0.connection = .reused }, { $0.url = "http://u:p@a/" }, { $0.url = "http://a/?token=x" },
            { $0.headers = [Header("Authorization", "Bearer x")] }, { $0.headers = [Header("X-Key", "x")] },
            { $0.headers = [Header("Cookie", "x")] }, { $0.body = [1] },
            { $0.login = Transfer.Login(.digest, user: "u", password: "p") }, { $0.proxy = "http://a/" },
            { $0.tls.identity = ClientIdentity(certificate: [1], key: [2]) }, { $0.extent = .handshake },
            { $0.conversation = Conversation(begin: { _, _ in [] }, take: { _ in .end }) },
            { $0.mail = Mail(from: "a@a", to: ["b@b"], message: []) },
        ]
        for secret in secrets { #expect(!fresh("http://a/b", secret).isPlain) }
    }
}
