import Curl
import Keys
import Storage
import Testing

/// One-time passwords, and the change of a password.
@Suite struct PasswordTests {
    private static let new = "một mật khẩu khác hẳn"

    @Test func aOneTimePasswordOpensNothingButItsChange() async throws {
        try await Site.open { site in
            try await site.add("lan", mustChange: true)
            try await site.enrol("web-1")
            let browser = Browser(site)
            let answer = try await browser.signIn("lan", returning: "/assets")
            #expect(answer.status == 303 && answer.header("Location") == "/password")
            for path in ["/", "/assets", "/assets/web-1", "/agents"] {
                let page = try await browser.get(path)
                #expect(page.status == 303 && page.header("Location") == "/password", "\(path)")
                #expect(!page.text.contains("web-1"))
            }
            for path in ["status", "assets", "agents", "checks"] {
                #expect(try await browser.get("/api/v1/\(path)").status == 401, "\(path)")
            }
            #expect(try await browser.send("POST", "/api/v1/enrolment-tokens").status == 401)
            #expect(try await browser.get("/metrics").status == 401)
            #expect(try await browser.get("/password").status == 200)
        }
    }

    @Test func changingItOpensThePagesAndEndsOtherSessions() async throws {
        try await Site.open { site in
            try await site.add("lan", mustChange: true)
            let (here, there) = (Browser(site), Browser(site))
            _ = try await here.signIn("lan")
            _ = try await there.signIn("lan")
            let before = try #require(here[cookie: "haidang_session"])
            let answer = try await here.post(
                "/password",
                [
                    "current": Site.password, "new": Self.new, "again": Self.new,
                    "csrf": try await here.csrf(on: "/password"),
                ])
            #expect(answer.status == 303 && answer.header("Location") == "/")
            #expect(try await here.get("/").status == 200)
            #expect(try await there.get("/").header("Location") == "/sign-in")
            #expect(here[cookie: "haidang_session"] != before)
            let old = [Header("Cookie", "haidang_session=\(before)")]
            #expect(try await site.send("GET", "/password", headers: old).header("Location") == "/sign-in")
            #expect(try await Browser(site).signIn("lan").status == 401)
            #expect(try await Browser(site).signIn("lan", Self.new).header("Location") == "/")
        }
    }

    @Test(
        arguments: [
            // current, new, again
            ("wrong", new, new), (Site.password, new, new + "x"), (Site.password, Site.password, Site.password),
            (Site.password, "ngắn", "ngắn"), (Site.password, "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
            (Site.password, "xin chào LAN 2024", "xin chào LAN 2024"), (Site.password, "", ""),
        ])
    func aBadChangeChangesNothing(current: String, new: String, again: String) async throws {
        try await Site.open { site in
            try await site.add("lan", mustChange: true)
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let csrf = try await browser.csrf(on: "/password")
            let answer = try await browser.post(
                "/password", ["current": current, "new": new, "again": again, "csrf": csrf])
            #expect(answer.status == 200 && answer.text.contains("role=\"alert\""))
            let person = try #require(try await site.database.read { try PersonStore($0).person(named: "lan") })
            #expect(person.mustChangePassword)
            #expect(try PasswordHash(person.passwordHash).matches(Site.password))
            #expect(try await browser.get("/").header("Location") == "/password")
        }
    }

    @Test func theFormIsNoWayToGuess() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let csrf = try await browser.csrf()
            for _ in 0..<8 {
                _ = try await browser.post(
                    "/password", ["current": "x", "new": Self.new, "again": Self.new, "csrf": csrf])
            }
            let late = try await browser.post(
                "/password", ["current": Site.password, "new": Self.new, "again": Self.new, "csrf": csrf])
            #expect(late.status == 200)
            let person = try #require(try await site.database.read { try PersonStore($0).person(named: "lan") })
            #expect(try PasswordHash(person.passwordHash).matches(Site.password))
        }
    }

    @Test func withoutASessionThereIsNoForm() async throws {
        try await Site.open { site async throws in
            #expect(try await Browser(site).get("/password").header("Location") == "/sign-in")
            #expect(try await Browser(site).post("/password", ["csrf": ""]).header("Location") == "/sign-in")
        }
    }
}
