import Curl
import Detection
import Foundation
import SQLite
import Storage
import Testing
import Vocabulary

/// Work is announced and ended by programs and by people, and shown where it matters.
@Suite struct MaintenanceTests {
    private func bearer(_ site: Site, _ name: String) async throws -> [Header] {
        [Header("Authorization", "Bearer \(try await site.token(of: name))")]
    }

    private func works(_ site: Site, _ headers: [Header]) async throws -> [[String: Any]] {
        let answer = try await site.send("GET", "/api/v1/maintenances", headers: headers)
        return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]])
    }

    @Test func programsAnnounceAndEndWork() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let lan = try await bearer(site, "lan")
            let made = try await site.send(
                "POST", "/api/v1/maintenances", headers: lan,
                body: #"{"assets": ["web-1"], "minutes": 30, "reason": "ổ đĩa mới"}"#)
            #expect(made.status == 200 && made.text.contains("\"state\":\"active\""), "\(made.text)")
            let work = try #require(try await works(site, lan).first)
            let name = try #require(work["name"] as? String)
            #expect(name.hasPrefix("maintenance-20") && work["who"] as? String == "lan")
            #expect(work["covered"] as? Int == 1)
            let asset = try await site.send("GET", "/api/v1/assets/web-1", headers: lan)
            #expect(asset.text.contains("\"maintenance\":{\"name\":\"\(name)\",\"until\":"))
            site.clock.advance(by: .seconds(60))
            #expect(try await site.send("POST", "/api/v1/maintenances/\(name)/end", headers: lan).status == 200)
            #expect(try await site.send("POST", "/api/v1/maintenances/\(name)/end", headers: lan).status == 404)
            #expect(try await works(site, lan).map { $0["state"] as? String } == ["over"])
            let later = try await site.send("GET", "/api/v1/assets/web-1", headers: lan)
            #expect(!later.text.contains("\"maintenance\""))
            let audit = try await site.database.read { try AuditStore($0).lines(limit: 10).map(\.action) }
            #expect(audit.contains("create-maintenance") && audit.contains("end-maintenance"))
        }
    }

    @Test func whatIsWrongIsToldAndNothingIsMade() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let lan = try await bearer(site, "lan")
            for (body, status, words) in [
                ("x", 400, "no maintenance"), (#"{"minutes": 30}"#, 422, "for nothing"),
                (#"{"assets": ["web-2"], "minutes": 30}"#, 422, "no Asset \\\"web-2\\\""),
                (#"{"assets": ["web-1"]}"#, 422, "until: is missing"),
                (#"{"assets": ["web-1"], "minutes": 0}"#, 422, "minutes"),
                (#"{"assets": ["web-1"], "minutes": 3, "name": "A b"}"#, 422, "lower-case"),
                (#"{"assets": ["web-1"], "every": ["sun"]}"#, 422, "every"),
                (#"{"assets": ["web-1"], "from": "2026-11-28 22:00", "until": "2026-11-28 21:00"}"#, 422, "not after"),
            ] {
                let answer = try await site.send("POST", "/api/v1/maintenances", headers: lan, body: body)
                #expect(answer.status == status && answer.text.contains(words), "\(body): \(answer.text)")
            }
            #expect(try await works(site, lan).isEmpty)
            let twice = #"{"assets": ["web-1"], "minutes": 3, "name": "one"}"#
            #expect(try await site.send("POST", "/api/v1/maintenances", headers: lan, body: twice).status == 200)
            #expect(try await site.send("POST", "/api/v1/maintenances", headers: lan, body: twice).status == 409)
        }
    }

    @Test func peopleAnnounceAndEndWorkOnThePage() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let csrf = try await browser.csrf()
            let refused = try await browser.post(
                "/maintenance",
                ["csrf": csrf, "name": "o-dia", "assets": "web-1, ", "from": "2020-01-01T08:00"])
            #expect(refused.status == 422 && refused.text.contains("role=\"alert\""))
            #expect(refused.text.contains("value=\"2020-01-01T08:00\""), "what was typed stays")
            #expect(try await browser.post("/maintenance", ["assets": "web-1"]).status == 403, "without the token")
            let made = try await browser.post(
                "/maintenance",
                [
                    "csrf": csrf, "name": "o-dia", "assets": "web-1", "from": "2020-01-01T08:00",
                    "until": "2100-01-01T08:00",
                ])
            #expect(made.header("Location") == "/maintenance")
            #expect(try await browser.get("/maintenance").text.contains("action=\"/maintenance/o-dia/end\""))
            #expect(try await browser.get("/assets/web-1").text.contains("01/01/2100 08:00:00: o-dia"))
            let ended = try await browser.post("/maintenance/o-dia/end", ["csrf": csrf])
            #expect(ended.header("Location") == "/maintenance")
            #expect(!(try await browser.get("/assets/web-1").text.contains("o-dia")))
        }
    }

    /// Outside its hours an asset is grey on every page and in every answer; its checks say what they measure.
    @Test func outsideItsHoursAnAssetIsGreyAndGoesOnBeingMeasured() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let now = site.clock.now
            try await site.database.write { connection in
                let units = UnitStore(connection)
                try units.put(.init(name: "so", title: "so"))
                try SiteStore(connection).put(.init(name: "hall", title: "hall", units: ["so"]))
                try HoursStore(connection).put(Hours(name: "never", times: Timetable(rules: [])))
                try connection.run("UPDATE asset SET hours = 'never', site = 'hall' WHERE name = 'web-1'")
                let id = try #require(try CheckStore(connection).find(CheckName(asset: "web-1", part: "host"))).id
                try ConditionStore(connection).set(
                    StateChange(
                        check: CheckName(asset: "web-1", part: "host"), outcome: .down(Reason("timeout")), since: now,
                        confirmed: now, runs: 4), checkID: id)
            }
            let lan = try await bearer(site, "lan")
            let status = try await site.send("GET", "/api/v1/status", headers: lan).text
            #expect(status.contains("\"counts\":{\"outside-hours\":1}") && status.contains("\"state\":\"down\""))
            let place = try await site.send("GET", "/api/v1/sites/hall", headers: lan).text
            #expect(place.contains("\"state\":\"outside-hours\""))
            #expect(try await site.send("GET", "/api/v1/hours", headers: lan).text.contains("\"open\":false"))
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            for path in ["/assets", "/assets/web-1", "/sites/hall", "/sites", "/assets?state=outside-hours"] {
                #expect(try await browser.get(path).text.contains("badge outside-hours"), "\(path)")
            }
            let overview = try await browser.get("/").text
            #expect(!overview.contains("id=\"broken\""), "nobody is to run because of it")
        }
    }
}
