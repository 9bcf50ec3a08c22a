import API
import Curl
import Detection
import Foundation
import SQLite
import Storage
import Testing
import Vocabulary

/// Somebody says "I have it", gives it back, and people say what they know; by programs and on the page.
@Suite struct IncidentNoteTests {
    private func bearer(_ site: Site, _ name: String) async throws -> [Header] {
        [Header("Authorization", "Bearer \(try await site.token(of: name))")]
    }

    /// Incident 1 with the machine web-1, which fails.
    private func breakSomething(_ site: Site) async throws {
        try await site.enrol("web-1")
        let now = site.clock.now
        try await site.database.write { connection in
            let asset = try AssetStore(connection).require("web-1", scope: .everything)
            let check = try #require(try CheckStore(connection).find(CheckName(asset: "web-1", part: "host"))).id
            try ConditionStore(connection).set(
                StateChange(
                    check: CheckName(asset: "web-1", part: "host"), outcome: .down(Reason("timeout")), since: now,
                    confirmed: now, runs: 4), checkID: check)
            try IncidentStore(connection).put(Incident(id: 1, root: asset.id, opened: now, told: .down))
            try AlertStore(connection).put(
                Alert(
                    id: 1, subject: .check(check), asset: asset.id, outcome: .down(Reason("timeout")), since: now,
                    confirmed: now, opened: now, incident: 1), at: now)
        }
    }

    private func incident(_ site: Site, _ headers: [Header]) async throws -> [String: Any] {
        let answer = try await site.send("GET", "/api/v1/incidents/1", headers: headers)
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    }

    @Test func programsSayWhoHasItAndWhatTheyKnow() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.add("hung")
            try await breakSomething(site)
            let (lan, hung) = (try await bearer(site, "lan"), try await bearer(site, "hung"))
            let path = "/api/v1/incidents/1"
            let made = try await site.send(
                "POST", "\(path)/acknowledgement", headers: lan, body: #"{"minutes": 30, "note": "gọi nhà mạng"}"#)
            #expect(made.status == 200, "\(made.text)")
            site.clock.advance(by: .seconds(10))
            let said = try await site.send(
                "POST", "\(path)/comments", headers: hung, body: #"{"text": " cáp đứt\u0007 ở Dĩ An\n"}"#)
            #expect(said.status == 200)
            let held = try await incident(site, lan)
            let holder = try #require(held["acknowledged"] as? [String: String])
            #expect(holder["by"] == "lan" && holder["note"] == "gọi nhà mạng" && holder["until"] != nil)
            let alerts = try await site.send("GET", "/api/v1/alerts", headers: lan)
            #expect(alerts.text.contains("\"acknowledgedBy\":\"lan\""))

            // Somebody else takes it over, and gives it back.
            site.clock.advance(by: .seconds(10))
            #expect(try await site.send("POST", "\(path)/acknowledgement", headers: hung).status == 200)
            site.clock.advance(by: .seconds(10))
            #expect(try await site.send("DELETE", "\(path)/acknowledgement", headers: lan).status == 200)
            #expect(try await site.send("DELETE", "\(path)/acknowledgement", headers: lan).status == 409)
            let after = try await incident(site, lan)
            #expect(after["acknowledged"] == nil)
            let notes = try #require(after["notes"] as? [[String: String]])
            #expect(
                notes.map { "\($0["who"] ?? "") \($0["kind"] ?? "") \($0["text"] ?? "")" } == [
                    "lan acknowledged gọi nhà mạng", "hung comment cáp đứt ở Dĩ An", "hung acknowledged ",
                    "lan released ",
                ])
            let audit = try await site.database.read { try AuditStore($0).lines(limit: 4) }
            #expect(
                audit.map(\.action) == [
                    "release-incident", "acknowledge-incident", "comment-incident", "acknowledge-incident",
                ])
            #expect(audit.allSatisfy { $0.subject == "1" } && audit.last?.detail.hasSuffix(": gọi nhà mạng") == true)
            let why = try await site.send("GET", "/api/v1/why/alerts/1?language=vi", headers: lan)
            #expect(why.text.contains("lan nhận xử lý đến") && why.text.contains("không còn ai nhận"))
        }
    }

    @Test func whatIsWrongIsToldAndNothingIsKept() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await breakSomething(site)
            let lan = try await bearer(site, "lan")
            let long = String(repeating: "x", count: 2001)
            for (path, body, status, words) in [
                ("1/acknowledgement", "x", 400, "description"),
                ("1/acknowledgement", #"{"until": "tomorrow"}"#, 422, "no moment"),
                ("1/acknowledgement", #"{"until": "2020-01-01 08:00"}"#, 422, "over already"),
                ("1/acknowledgement", #"{"minutes": 0}"#, 422, "minutes"),
                ("1/acknowledgement", #"{"minutes": 5, "until": "2100-01-01 08:00"}"#, 422, "minutes"),
                ("1/acknowledgement", #"{"note": "\#(long)"}"#, 422, "longer than 2000"),
                ("1/comments", #"{}"#, 422, "missing"), ("1/comments", #"{"text": " \n "}"#, 422, "missing"),
                ("2/comments", #"{"text": "x"}"#, 404, "no incident"), ("x/acknowledgement", "", 404, "no incident"),
            ] {
                let answer = try await site.send("POST", "/api/v1/incidents/\(path)", headers: lan, body: body)
                #expect(
                    answer.status == status && answer.text.contains(words), "\(path) \(body.prefix(60)): \(answer.text)"
                )
            }
            let now = site.clock.now
            try await site.database.write { connection in
                var ended = try #require(try IncidentStore(connection).open().first)
                ended.resolved = now
                try IncidentStore(connection).put(ended)
            }
            let late = try await site.send("POST", "/api/v1/incidents/1/acknowledgement", headers: lan)
            #expect(late.status == 409 && late.text.contains("is over"))
            #expect((try await incident(site, lan)["notes"] as? [Any])?.isEmpty == true)
            // What it was is often known only when it is over.
            let said = try await site.send(
                "POST", "/api/v1/incidents/1/comments", headers: lan, body: #"{"text": "x"}"#)
            #expect(said.status == 200)
        }
    }

    @Test func peopleDoItOnThePageWithoutAScript() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.add("mai", role: .reader)
            try await breakSomething(site)
            let (lan, mai) = (Browser(site), Browser(site))
            _ = try await lan.signIn("lan")
            _ = try await mai.signIn("mai")
            let csrf = try await lan.csrf()
            #expect(try await lan.get("/incidents/1").text.contains("action=\"/incidents/1/acknowledge\""))
            #expect(try await lan.post("/incidents/1/acknowledge", ["note": "x"]).status == 403, "without the token")
            let refused = try await lan.post(
                "/incidents/1/acknowledge", ["csrf": csrf, "until": "2020-01-01T08:00", "note": "đang đến"])
            #expect(refused.status == 422 && refused.text.contains("role=\"alert\""))
            #expect(refused.text.contains("value=\"đang đến\""), "what was typed stays")
            let taken = try await lan.post(
                "/incidents/1/acknowledge", ["csrf": csrf, "until": "2100-01-01T08:00", "note": "đang <b>đến</b>"])
            #expect(taken.header("Location") == "/incidents/1")
            _ = try await lan.post("/incidents/1/comments", ["csrf": csrf, "text": "một\r\nhai"])
            for browser in [lan, mai] {
                let page = try await browser.get("/incidents/1").text
                #expect(page.contains("lan đã nhận xử lý đến 01/01/2100 08:00:00"))
                #expect(page.contains("đang &lt;b&gt;đến&lt;/b&gt;") && page.contains("một\nhai"))
                #expect(try await browser.get("/alerts").text.contains("lan, đến 01/01/2100 08:00:00"))
                #expect(try await browser.get("/").text.contains("lan đã nhận xử lý"), "the board")
            }
            #expect(!(try await mai.get("/incidents/1").text.contains("action=\"/incidents/1")), "a reader only reads")
            let own = try await mai.csrf()
            for act in ["acknowledge", "release", "comments"] {
                #expect(try await mai.post("/incidents/1/\(act)", ["csrf": own, "text": "x"]).status == 403, "\(act)")
            }
            #expect(try await lan.post("/incidents/1/release", ["csrf": csrf]).header("Location") == "/incidents/1")
            #expect(try await lan.post("/incidents/1/release", ["csrf": csrf]).status == 409)
            #expect(try await lan.get("/alerts").text.contains("chưa ai nhận"))
        }
    }
}
