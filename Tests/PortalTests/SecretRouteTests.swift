import Curl
import Storage
import Testing

/// Secrets by name: what uses them is said, what they are never.
@Suite struct SecretRouteTests {
    private static let route = """
        apiVersion: haidang/v1
        kind: Route
        name: post
        channel:
          mail: {server: "smtp://localhost", from: a@b.example, to: [c@d.example], user: u, secret: mail-password}
        """

    @Test func aSecretInUseStaysAndSaysWhatUsesIt() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let send = { (method: String, path: String, body: String) in
                try await site.send(method, "/api/v1/\(path)", headers: bearer, body: body)
            }
            for name in ["mail-password", "other"] {
                #expect(try await send("PUT", "secrets/\(name)", "hush-\(name)").status == 200)
            }
            #expect(try await send("POST", "apply?file=a.yaml", Self.route).status == 200)
            let listed = try await send("GET", "secrets", "").text
            #expect(listed.contains(#""name":"mail-password","usedBy":["Route post"]"#))
            #expect(listed.contains(#""name":"other","usedBy":[]"#) && !listed.contains("hush"))

            let refused = try await send("DELETE", "secrets/mail-password", "")
            #expect(refused.status == 409 && refused.text.contains("Route post"))
            #expect(try await send("DELETE", "secrets/nobody", "").status == 404)
            #expect(try await send("DELETE", "secrets/other", "").status == 200)
            #expect(try await send("DELETE", "secrets/other", "").status == 404)
            try await site.database.read { connection in
                #expect(try SecretStore(connection).all().map(\.name) == ["mail-password"])
                let line = try AuditStore(connection).lines(limit: 1).first
                #expect(line?.action == "remove-secret" && line?.subject == "other" && line?.who == "lan")
            }
        }
    }
}
