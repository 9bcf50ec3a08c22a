import Curl
import Portal
import Synchronization
import TestSupport

/// What a browser does with forms and cookies, and nothing more.
final class Browser: Sendable {
    private let site: Site
    private let cookies = Mutex<[String: String]>([:])

    init(_ site: Site) {
        self.site = site
    }

    subscript(cookie name: String) -> String? { cookies.withLock { $0[name] } }

    func get(_ path: String) async throws -> TransferResult {
        try await send("GET", path)
    }

    func post(_ path: String, _ fields: KeyValuePairs<String, String>) async throws -> TransferResult {
        let body = fields.map { "\($0.queryEncoded)=\($1.queryEncoded)" }.joined(separator: "&")
        return try await send("POST", path, body: body)
    }

    /// Any request with the cookies that this browser holds; keeps those of the answer.
    func send(
        _ method: String, _ path: String, headers: [Header] = [], body: String = ""
    ) async throws -> TransferResult {
        let held = cookies.withLock { $0.map { "\($0)=\($1)" }.sorted().joined(separator: "; ") }
        let all = headers + (held.isEmpty ? [] : [Header("Cookie", held)])
        let result = try await site.send(method, path, headers: all, body: body)
        for line in result.headers.values(of: "Set-Cookie") {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            cookies.withLock { $0[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1]) }
        }
        return result
    }

    /// Loads the form and submits it.
    func signIn(
        _ user: String, _ password: String = Site.password, returning path: String = "/"
    ) async throws -> TransferResult {
        let form = try await get("/sign-in")
        let csrf = form.field("csrf") ?? ""
        return try await post("/sign-in", ["user": user, "password": password, "return": path, "csrf": csrf])
    }

    /// The CSRF token that the pages of this session carry.
    func csrf(on path: String = "/") async throws -> String {
        guard let token = try await get(path).field("csrf") else {
            throw Command.Failure(description: "\(path) carries no token")
        }
        return token
    }
}
