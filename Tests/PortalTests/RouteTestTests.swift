import Curl
import Storage
import Testing
import Vocabulary

/// Whether messages arrive can be tried by an administrator, and the channel's own answer comes back.
@Suite struct RouteTestTests {
    private static let route = """
        apiVersion: haidang/v1
        kind: Route
        name: post
        channel: {webhook: {url: "http://127.0.0.1:9/"}}
        """

    @Test func theChannelsAnswerComesBackAndTheTrialIsAudited() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let send = { (path: String, body: String) in
                try await site.send("POST", "/api/v1/\(path)", headers: bearer, body: body)
            }
            #expect(try await send("apply?file=a.yaml", Self.route).status == 200)
            let tried = try await send("routes/post/test", "")
            #expect(tried.status == 200)
            #expect(
                tried.text
                    == #"{"route":"post","ways":[{"answer":"lan tried post","channel":"webhook","result":"refused"}]}"#)
            #expect(try await send("routes/nobody/test", "").status == 404)
            try await site.database.read { connection in
                let line = try AuditStore(connection).lines(limit: 1).first
                #expect(line?.action == "test-route" && line?.subject == "post" && line?.who == "lan")
            }
        }
    }

    @Test func aReaderSendsNothing() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.add("mai", role: .reader)
            let bearer = { (name: String) in [Header("Authorization", "Bearer \(try await site.token(of: name))")] }
            let apply = try await site.send(
                "POST", "/api/v1/apply?file=a.yaml", headers: try await bearer("lan"), body: Self.route)
            #expect(apply.status == 200)
            let tried = try await site.send("POST", "/api/v1/routes/post/test", headers: try await bearer("mai"))
            #expect(tried.status == 403)
        }
    }
}
