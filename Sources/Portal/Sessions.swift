import Foundation
import Hummingbird
import Keys
import Storage
import Vocabulary

/// Session cookies: 256 random bits, of which the store keeps only the hash.
struct Sessions: Sendable {
    static let cookie = "haidang_session"
    private static let life = Duration.seconds(12 * 3600)

    let database: Database
    let now: @Sendable () -> Instant
    /// Whether cookies may travel over TLS only; false on the plain loopback port alone.
    let isSecure: Bool

    func begin(for person: String, audit: String) async throws -> Cookie {
        let token = Base64.url.encode(try Random.bytes(32))
        let (hash, csrf) = (try Digest.sha256(Array(token.utf8)), Base64.url.encode(try Random.bytes(24)))
        let (now, expires) = (now(), now() + Self.life)
        try await database.write { connection in
            try PersonStore(connection).addSession(
                tokenHash: hash, person: person, csrfToken: csrf, at: now, expires: expires)
            try AuditStore(connection).write(.init(at: now, who: person, action: audit, subject: person))
        }
        return cookie(token, life: Self.life)
    }

    /// The session of a request; nil without a cookie, or with one that is unknown or too old.
    func session(of request: Request) async throws -> PersonStore.Session? {
        guard let token = request.cookies[Self.cookie]?.value, token.utf8.count <= 128 else { return nil }
        let (hash, now) = (try Digest.sha256(Array(token.utf8)), now())
        return try await database.read { try PersonStore($0).session(tokenHash: hash, at: now) }
    }

    /// Ends the session of a request; the cookie that makes the browser forget.
    func end(_ request: Request) async throws -> Cookie {
        if let token = request.cookies[Self.cookie]?.value {
            let hash = try Digest.sha256(Array(token.utf8))
            try await database.write { try PersonStore($0).removeSession(tokenHash: hash) }
        }
        return cookie("", life: .zero)
    }

    private func cookie(_ value: String, life: Duration) -> Cookie {
        Cookie(
            name: Self.cookie, value: value, maxAge: Int(life.components.seconds), path: "/", secure: isSecure,
            httpOnly: true, sameSite: .lax)
    }
}
