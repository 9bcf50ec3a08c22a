import Curl
import Storage
import Testing
import Vocabulary

/// What was found is on the page and in the API, and who deals with it leaves a line.
@Suite struct FindingsTests {
    private func add(_ site: Site) async throws -> Int64 {
        let now = site.clock.now
        return try await site.database.write { connection in
            let asset = try AssetStore(connection).asset(named: "web-1", scope: .everything)
            let id = try FindingStore(connection).take(
                Finding(
                    rule: "sign-in-after-failures", severity: .high, subject: "ssh 192.0.2.7: root", firstSeen: now,
                    lastSeen: now, evidence: [.init("source", "192.0.2.7")]),
                assetID: asset?.id ?? 0, received: now)
            return id ?? 0
        }
    }

    private func actions(_ site: Site) async throws -> [String] {
        try await site.database.read { connection in
            try AuditStore(connection).lines(limit: 99).map { "\($0.who) \($0.action) \($0.subject)" }
        }.filter { $0.contains("finding") }
    }

    @Test func anAdministratorActsOnThePage() async throws {
        try await Site.open { site in
            try await site.enrol("web-1")
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let id = try await add(site)
            for path in ["/findings", "/assets/web-1"] {
                let page = try await browser.get(path).text
                #expect(page.contains("ssh 192.0.2.7: root") && page.contains("/findings/\(id)/close"), "\(path)")
            }
            let csrf = try await browser.csrf()
            for _ in 0..<2 {
                let answer = try await browser.post(
                    "/findings/\(id)/acknowledge", ["csrf": csrf, "return": "/assets/web-1"])
                #expect(answer.header("Location") == "/assets/web-1")
            }
            #expect(try await browser.post("/findings/\(id)/close", ["csrf": "x", "return": "/"]).status == 403)
            _ = try await browser.post("/findings/\(id)/close", ["csrf": csrf, "return": "/findings"])
            #expect(!(try await browser.get("/assets/web-1").text.contains("ssh 192.0.2.7: root")))
            #expect(!(try await browser.get("/findings").text.contains("/findings/\(id)/close")))
            #expect(try await actions(site) == ["lan close-finding web-1", "lan acknowledge-finding web-1"])
        }
    }

    @Test func programsListFilterAndAct() async throws {
        try await Site.open { site in
            try await site.enrol("web-1")
            try await site.add("lan")
            try await site.add("mai", role: .reader)
            let id = try await add(site)
            let lan = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let mai = [Header("Authorization", "Bearer \(try await site.token(of: "mai"))")]
            for query in ["", "?severity=high", "?asset=web-1&state=open", "?rule=sign-in-after-failures&state=all"] {
                let answer = try await site.send("GET", "/api/v1/findings\(query)", headers: mai)
                #expect(answer.text.contains("\"subject\":\"ssh 192.0.2.7: root\""), "\(query)")
            }
            for query in ["?state=closed", "?asset=x", "?rule=x"] {
                #expect(try await site.send("GET", "/api/v1/findings\(query)", headers: mai).text == "[]", "\(query)")
            }
            for query in ["?state=x", "?severity=x"] {
                #expect(try await site.send("GET", "/api/v1/findings\(query)", headers: mai).status == 400)
            }
            #expect(try await site.send("POST", "/api/v1/findings/\(id)/close", headers: mai).status == 403)
            #expect(try await site.send("POST", "/api/v1/findings/\(id + 1)/close", headers: lan).status == 404)
            let closed = try await site.send("POST", "/api/v1/findings/\(id)/close", headers: lan)
            #expect(closed.status == 200 && closed.text.contains("\"closedBy\":\"lan\""))
            #expect(try await site.send("GET", "/api/v1/findings", headers: lan).text == "[]")
        }
    }
}
