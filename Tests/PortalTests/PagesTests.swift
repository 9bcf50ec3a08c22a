import API
import Curl
import Portal
import Storage
import SwiftProtobuf
import Testing
import Vocabulary
import Wire

/// Pages as strangers and hostile addresses meet them.
@Suite struct PagesTests {
    @Test(arguments: ["/assets", "/assets?q=a%20b&state=down", "/agents", "/assets/web-1"])
    func aPageWithoutASessionLeadsToSignInAndBack(path: String) async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let browser = Browser(site)
            let answer = try await browser.get(path)
            #expect(answer.status == 303 && !answer.text.contains("web-1"))
            let location = try #require(answer.header("Location"))
            #expect(location == "/sign-in?return=\(path.queryEncoded)")
            let form = try await browser.get(location)
            let back = try #require(form.field("return")).replacing("&amp;", with: "&")
            #expect(back == path)
            #expect(try await browser.signIn("lan", returning: back).header("Location") == path)
            #expect(try await browser.get(path).status == 200)
        }
    }

    @Test func theFirstPageNeedsNoWayBack() async throws {
        try await Site.open { site async throws in
            #expect(try await site.send("GET", "/").header("Location") == "/sign-in")
        }
    }

    @Test(arguments: [true, false]) func everyAnswerCarriesTheHeadersThatProtect(isSecure: Bool) async throws {
        try await Site.open(isSecure: isSecure) { site in
            let requests: [(String, String)] = [
                ("GET", "/"), ("GET", "/sign-in"), ("GET", "/nothing"), ("GET", "/static/nothing"), ("GET", "/health"),
                ("GET", "/metrics"), ("GET", "/api/v1/status"), ("GET", "/api/v1/nothing"), ("POST", "/sign-out"),
                ("POST", "/sign-in"), ("DELETE", "/"), ("GET", "/api/v1/openapi.json"), ("POST", "/api/v1/status"),
            ]
            for (method, path) in requests {
                let answer = try await site.send(method, path)
                let policy = try #require(answer.header("Content-Security-Policy"), "\(method) \(path)")
                #expect(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"))
                #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(method) \(path)")
                #expect(answer.header("Referrer-Policy") == "same-origin", "\(method) \(path)")
                #expect((answer.header("Strict-Transport-Security") != nil) == isSecure, "\(method) \(path)")
                #expect(answer.header("Server") == nil)
            }
        }
    }

    @Test func aHostileNameIsNotFoundAndHarmless() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            for name in [
                "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
                "..%2F..%2Fetc%2Fpasswd", "%00", "%ff%fe", "a%0d%0aSet-Cookie:x=y", "'%20OR%201=1--", "%25", "{{name}}",
                "%E2%80%AE",
            ] {
                for path in ["/assets/\(name)", "/\(name)", "/static/\(name)"] {
                    let page = try await browser.get(path)
                    #expect(page.status == 404, "\(path)")
                    #expect(page.header("Content-Type")?.hasPrefix("text/html") == true, "\(path)")
                    #expect(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "\(path)")
                    #expect(page.headers.values(of: "Set-Cookie").isEmpty, "\(path)")
                }
                let problem = try await browser.get("/api/v1/assets/\(name)")
                #expect(problem.status == 404 && problem.header("Content-Type") == "application/problem+json")
                let search = try await browser.get("/assets?q=\(name)&class=\(name)&state=\(name)&page=\(name)")
                #expect(search.status == 200, "\(name)")
                #expect(!search.text.contains("<script>alert") && !search.text.contains("<img src=x"), "\(name)")
            }
        }
    }

    @Test func anyPageNumberIsAnswered() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            for number in ["\(Int.min)", "-1", "0", "\(Int.max)", "99999999999999999999", "x"] {
                #expect(try await browser.get("/assets?page=\(number)").status == 200, "\(number)")
            }
        }
    }

    @Test func whatAMachineSaysOfItselfIsTextAndNoMarkup() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let (evil, now) = ("<script>alert(1)</script>\"'><img src=x onerror=alert(1)>", site.clock.now)
            try await site.database.write { connection in
                let asset = try AssetStore(connection).require("web-1", scope: .everything)
                let facts = FactStore(connection)
                try facts.markSeen(assetID: asset.id, source: evil, at: now)
                let change = FactStore.Change(path: evil, source: evil, at: now, was: nil, became: evil)
                try facts.apply(change, assetID: asset.id, recorded: true)
                let id = try CheckStore(connection).find(CheckName(asset: "web-1", part: "host"))?.id ?? 0
                let reason = Reason(evil, step: evil, expected: evil, got: evil)
                let state = StateChange(
                    check: CheckName(asset: "web-1", part: "host"), outcome: .down(reason), since: now, confirmed: now,
                    runs: 1)
                try ConditionStore(connection).set(state, checkID: id)
                try ConditionStore(connection).record(state, checkID: id, at: now)
            }
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            for path in ["/", "/assets", "/assets/web-1", "/agents"] {
                let page = try await browser.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "\(path)")
            }
            #expect(try await browser.get("/assets/web-1").text.contains("&lt;script&gt;"))
        }
    }

    @Test func absurdNumbersAndTimesBreakNoPage() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let now = site.clock.now
            let metrics = [
                Metric("host_cpu_ratio", ["mode": "idle"]), Metric("host_cpu_ratio", ["mode": "user"]),
                Metric("host_load1"), Metric("host_memory_used_ratio"), Metric("host_filesystem_used_ratio"),
                Metric("host_interface_receive_bytes_per_second"), Metric("host_disk_read_bytes_per_second"),
            ]
            let values = [
                Double.greatestFiniteMagnitude, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -0.0, -1e300,
            ]
            try await site.database.write { connection in
                let name = CheckName(asset: "web-1", part: "host")
                let id = try CheckStore(connection).find(name)?.id ?? 0
                let store = SeriesStore(connection)
                for metric in metrics {
                    guard let series = try store.series(checkID: id, metric: metric) else { continue }
                    for (index, value) in values.enumerated() {
                        try store.append(series: series, time: now - .seconds(Int64(index) + 1), value: value)
                    }
                }
                let times = [Instant(microseconds: .min), Instant(microseconds: .max)]
                for since in times {
                    let state = StateChange(
                        check: name, outcome: .down(Reason("x")), since: since, confirmed: since, runs: 1)
                    try ConditionStore(connection).set(state, checkID: id)
                    try ConditionStore(connection).record(state, checkID: id, at: now)
                }
                try ConditionStore(connection).wasAsked(
                    checkID: id, at: times[0], duration: .microseconds(Int64.max), state: .down)
                var presence = ProtoPresence()
                presence.oldestSpooled = .min
                presence.started = .min
                presence.spooledReports = .max
                presence.droppedFacts = .max
                presence.droppedStates = .max
                try AgentStore(connection).wasSeen(
                    "id-web-1", at: now, clockOffset: .microseconds(Int64.min), presence: presence.serializedBytes())
            }
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            for path in ["/", "/assets", "/assets/web-1", "/agents", "/metrics"] {
                #expect(try await browser.get(path).status == 200, "\(path)")
            }
            let points = "checks/web-1/host/points?metric=host_load1&from=0"
            for path in ["status", "agents", "checks", "assets/web-1", "checks/web-1/host/series", points] {
                #expect(try await browser.get("/api/v1/\(path)").status == 200, "\(path)")
            }
        }
    }

    @Test func unknownPathsAreAPageForPeopleAndAProblemForPrograms() async throws {
        try await Site.open { site in
            let page = try await site.send("GET", "/nothing")
            #expect(page.status == 404 && page.text.hasPrefix("<!doctype html>"))
            let problem = try await site.send("GET", "/api/nothing")
            #expect(problem.status == 404 && problem.header("Content-Type") == "application/problem+json")
            #expect(problem.text.contains("\"code\":\"not-found\""))
        }
    }

    @Test func thePlainPortAnswersToTheLoopbacksNamesOnly() async throws {
        try await Site.open(isSecure: false) { site in
            for host in ["127.0.0.1", "localhost", "[::1]", "localhost:8080", "[::1]:1", "127.0.0.1:65535"] {
                let answer = try await site.send("GET", "/health", headers: [Header("Host", host)])
                #expect(answer.status == 200, "\(host)")
            }
            for host in [
                "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:8080", "[::2]",
                "192.0.2.1", "127.0.0.1@evil.example", "[::1", "[::1]evil.example", "0.0.0.0",
            ] {
                for path in ["/health", "/sign-in", "/api/v1/openapi.json"] {
                    let answer = try await site.send("GET", path, headers: [Header("Host", host)])
                    #expect((400..<500).contains(answer.status), "\(host): \(answer.status)")
                    #expect(answer.headers.values(of: "Set-Cookie").isEmpty)
                }
            }
        }
    }

    @Test func theSecurePortAnswersToAnyName() async throws {
        try await Site.open { site in
            let answer = try await site.send("GET", "/health", headers: [Header("Host", "collector.example")])
            #expect(answer.status == 200)
        }
    }
}
