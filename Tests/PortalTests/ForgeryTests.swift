import Curl
import Storage
import Testing

/// What another site, or another person's page, may not make a browser do.
@Suite struct ForgeryTests {
    @Test func formsOfASessionWantItsOwnToken() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.add("lam")
            let (browser, other) = (Browser(site), Browser(site))
            _ = try await browser.signIn("lan")
            _ = try await other.signIn("lam")
            let foreign = try await other.csrf()
            let (own, form) = (try await browser.csrf(), try await browser.get("/sign-in").field("csrf") ?? "")
            let new = "một mật khẩu khác hẳn"
            for token in ["", "x", foreign, form, String(own.dropLast())] {
                #expect(try await browser.post("/sign-out", ["csrf": token]).status == 403)
                let change = try await browser.post(
                    "/password", ["current": Site.password, "new": new, "again": new, "csrf": token])
                #expect(change.status == 403)
            }
            #expect(try await browser.post("/sign-out", [:]).status == 403)
            #expect(try await browser.get("/").status == 200)
            #expect(try await Browser(site).signIn("lan").status == 303)
        }
    }

    @Test func aSignOutWithoutASessionIsRefused() async throws {
        try await Site.open { site async throws in
            #expect(try await Browser(site).post("/sign-out", [:]).status == 403)
            #expect(try await Browser(site).post("/sign-out", ["csrf": ""]).status == 403)
        }
    }

    @Test func aFormThatIsNoneOrTooLargeIsRefused() async throws {
        try await Site.open { site in
            for path in ["/sign-in", "/sign-out", "/preferences"] {
                let large = try await site.send("POST", path, body: "a=" + String(repeating: "x", count: 1 << 20))
                #expect(large.status == 413, "\(path)")
                for body in ["a=1&a=2", "%zz", "csrf[]=x", "\0"] {
                    let answer = try await site.send("POST", path, body: body)
                    #expect((300..<500).contains(answer.status), "\(path) \(body): \(answer.status)")
                }
            }
        }
    }

    @Test func onlyTheKnownPreferencesAreKept() async throws {
        try await Site.open { site in
            let browser = Browser(site)
            let first = try await browser.send(
                "GET", "/sign-in", headers: [Header("Accept-Language", "fr, en-GB;q=0.8")])
            #expect(first.text.contains("<html lang=\"en\""))
            #expect(try await browser.get("/sign-in").text.contains("<html lang=\"vi\""))
            _ = try await browser.post("/preferences", ["language": "en", "theme": "dark", "return": "/sign-in"])
            #expect(browser[cookie: "haidang_language"] == "en" && browser[cookie: "haidang_theme"] == "dark")
            #expect(try await browser.get("/sign-in").text.contains("<html lang=\"en\" data-theme=\"dark\""))
            let bad = try await browser.post("/preferences", ["language": "<x>", "theme": "\"", "return": "/sign-in"])
            #expect(bad.status == 303 && bad.headers.values(of: "Set-Cookie").isEmpty)
            let forged = try await site.send(
                "GET", "/sign-in", headers: [Header("Cookie", "haidang_language=<x>; haidang_theme=<y>")])
            #expect(forged.text.contains("<html lang=\"vi\" data-theme=\"auto\""))
        }
    }

    @Test func cookiesAreForThisSiteAlone() async throws {
        for isSecure in [true, false] {
            try await Site.open(isSecure: isSecure) { site in
                try await site.add("lan")
                let browser = Browser(site)
                let form = try await browser.get("/sign-in")
                let session = try await browser.signIn("lan")
                let preferences = try await browser.post("/preferences", ["theme": "dark", "return": "/"])
                let out = try await browser.post("/sign-out", ["csrf": try await browser.csrf()])
                let lines = [form, session, preferences, out].flatMap { $0.headers.values(of: "Set-Cookie") }
                #expect(lines.count == 4)
                for line in lines {
                    let name = line.prefix { $0 != "=" }
                    #expect(line.contains("HttpOnly"), "\(name)")
                    #expect(line.contains("SameSite=Lax") || line.contains("SameSite=Strict"), "\(name)")
                    #expect(line.contains("Secure") == isSecure, "\(name)")
                }
            }
        }
    }
}
