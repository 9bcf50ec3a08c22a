import Curl
import Portal
import Storage
import Testing
import Vocabulary

/// Signing in and out, over TLS.
@Suite struct SignInTests {
    @Test func theRightPasswordOpensThePages() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            let answer = try await browser.signIn("lan", returning: "/assets?q=a")
            #expect(answer.status == 303 && answer.header("Location") == "/assets?q=a")
            #expect(try await browser.get("/").status == 200)
            #expect(try await browser.get("/api/v1/status").status == 200)
        }
    }

    @Test func theFormsTokenAndItsCookieAreBothNeeded() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let fields: KeyValuePairs = ["user": "lan", "password": Site.password]
            // Neither, the cookie alone, the token alone, and the token of another form.
            #expect(try await Browser(site).post("/sign-in", fields).status == 403)
            let browser = Browser(site)
            let token = try #require(try await browser.get("/sign-in").field("csrf"))
            #expect(try await browser.post("/sign-in", fields).status == 403)
            let withToken: KeyValuePairs = ["user": "lan", "password": Site.password, "csrf": token]
            #expect(try await Browser(site).post("/sign-in", withToken).status == 403)
            let other = Browser(site)
            _ = try await other.get("/sign-in")
            #expect(try await other.post("/sign-in", withToken).status == 403)
            let empty: KeyValuePairs = ["user": "lan", "password": Site.password, "csrf": ""]
            #expect(try await Browser(site).post("/sign-in", empty).status == 403)
            #expect(other[cookie: "haidang_session"] == nil)
            #expect(try await browser.post("/sign-in", withToken).status == 303)
        }
    }

    @Test func aWrongPasswordAndAnUnknownPersonLookTheSame() async throws {
        try await Site.open { site in
            try await site.add("lan")
            var pages: [String] = []
            for user in ["lan", "lam", ""] {
                let answer = try await Browser(site).signIn(user, "wrong")
                #expect(answer.status == 401)
                #expect(answer.headers.values(of: "Set-Cookie").allSatisfy { !$0.hasPrefix("haidang_session") })
                let token = try #require(answer.field("csrf"))
                let named = "name=\"user\" value=\"\(user)\""
                pages.append(answer.text.replacing(token, with: "").replacing(named, with: ""))
            }
            #expect(pages[0] == pages[1] && pages[1] == pages[2])
        }
    }

    @Test func afterEightWrongOnesTheRightOneMustWait() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            for _ in 0..<8 { #expect(try await browser.signIn("lan", "wrong").status == 401) }
            let locked = try await browser.signIn("lan")
            #expect(locked.status == 429 && browser[cookie: "haidang_session"] == nil)
            let wait = try #require(locked.header("Retry-After").flatMap { Int($0) })
            #expect((1...60).contains(wait))
            // Others are not kept waiting; and the wait ends.
            #expect(try await browser.signIn("lam", "wrong").status == 401)
            site.clock.advance(by: .seconds(Int64(wait)))
            #expect(try await browser.signIn("lan").status == 303)
        }
    }

    @Test func oneAddressCannotTryManyPeople() async throws {
        try await Site.open { site in
            var statuses: [Int] = []
            for number in 0..<21 { statuses.append(try await Browser(site).signIn("p\(number)", "wrong").status) }
            #expect(statuses.dropLast().allSatisfy { $0 == 401 } && statuses.last == 429)
        }
    }

    @Test func signingOutEndsTheSessionOnTheServer() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let stolen = try #require(browser[cookie: "haidang_session"])
            let answer = try await browser.post("/sign-out", ["csrf": try await browser.csrf()])
            #expect(answer.status == 303 && answer.header("Location") == "/sign-in")
            #expect(browser[cookie: "haidang_session"] == nil)
            let late = try await site.send(
                "GET", "/api/v1/status", headers: [Header("Cookie", "haidang_session=\(stolen)")])
            #expect(late.status == 401)
        }
    }

    @Test func sessionsEndByThemselves() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            site.clock.advance(by: .seconds(12 * 3600 - 1))
            #expect(try await browser.get("/api/v1/status").status == 200)
            site.clock.advance(by: .seconds(1))
            #expect(try await browser.get("/api/v1/status").status == 401)
        }
    }

    @Test func noFormSendsPeopleElsewhere() async throws {
        try await Site.open { site in
            try await site.add("lan")
            for path in [
                "//evil.example", "/\\evil.example", "https://evil.example", "evil.example", "\\\\evil.example", "",
                "javascript:alert(1)", "/\t/evil.example", "/\r\n/evil.example", "/\n/evil.example",
                "/x\r\nSet-Cookie: a=b", " //evil.example", "/\u{0}/evil.example", "/a\\..\\..\\evil.example",
            ] {
                let form = try await site.send("GET", "/sign-in?return=\(path.queryEncoded)")
                #expect(form.status == 200 && form.field("return") == "/", "\(path)")
                let answer = try await Browser(site).signIn("lan", returning: path)
                #expect(answer.status == 303 && answer.header("Location") == "/", "\(path)")
                let preferences = try await Browser(site).post("/preferences", ["language": "en", "return": path])
                #expect(preferences.status == 303 && preferences.header("Location") == "/", "\(path)")
            }
        }
    }

    @Test func theAuditKnowsWhoSignedIn() async throws {
        try await Site.open { site in
            try await site.add("lan")
            _ = try await Browser(site).signIn("lan", "wrong")
            _ = try await Browser(site).signIn("lan")
            let lines = try await site.database.read { try AuditStore($0).lines(limit: 9) }
            #expect(lines.map(\.action) == ["sign-in"] && lines.map(\.who) == ["lan"])
        }
    }
}
