import Curl
import Foundation
import HTTPTypes
import Hummingbird
import Portal
import SQLite
import Storage
import Testing

/// What programs meet: tokens, problems, and an API that is what its description says.
@Suite struct ProgramsTests {
    @Test func everyRouteOfTheAPIWantsACaller() async throws {
        try await Site.open { site in
            let routes = site.portal.router().routes.filter { $0.path.description.hasPrefix("/api/v1/") }
            for route in routes where route.path.description != "/api/v1/openapi.json" {
                let path = route.path.description.replacing(#/\{[a-z]+\}/#, with: "x")
                for headers in [[], [Header("Authorization", "Bearer wrong")], [Header("Authorization", "Basic eDp5")]]
                {
                    let answer = try await site.send(route.method.rawValue, path, headers: headers)
                    #expect(answer.status == 401, "\(route)")
                    #expect(answer.header("Content-Type") == "application/problem+json")
                    #expect(answer.header("WWW-Authenticate") == "Bearer")
                    #expect(answer.text.contains("\"code\":\"unauthorized\""))
                }
            }
        }
    }

    @Test func aTokenOpensTheAPIAndNoPage() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            for path in [
                "status", "assets", "assets/web-1", "assets/web-1/facts", "assets/web-1/changes", "assets/web-1/paths",
                "agents",
            ] {
                let answer = try await site.send("GET", "/api/v1/\(path)", headers: bearer)
                #expect(answer.status == 200 && answer.header("Content-Type") == "application/json", "\(path)")
            }
            let made = try await site.send("POST", "/api/v1/enrolment-tokens", headers: bearer)
            #expect(made.status == 200 && made.text.contains("\"token\":\"hd1."))
            #expect(try await site.send("GET", "/", headers: bearer).header("Location") == "/sign-in")
        }
    }

    @Test func aTokenThatIsAlmostRightIsWrong() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let token = try await site.token(of: "lan")
            for text in [
                "Bearer \(token)x", "Bearer \(token.dropLast())", "Bearer ", "Bearer", token, "Bearer  \(token)",
                "Bearer " + String(repeating: "x", count: 9000),
            ] {
                let answer = try await site.send(
                    "GET", "/api/v1/status", headers: [Header("Authorization", text)])
                #expect(answer.status == 401)
            }
        }
    }

    @Test func aWrongTokenIsNotSavedByASession() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let answer = try await browser.send(
                "GET", "/api/v1/status", headers: [Header("Authorization", "Bearer wrong")])
            #expect(answer.status == 401)
        }
    }

    @Test func aSessionCookieAloneMakesNothing() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            #expect(try await browser.get("/api/v1/agents").status == 200)
            #expect(try await browser.send("POST", "/api/v1/enrolment-tokens").status == 401)
            let count = try await site.database.read {
                try $0.row("SELECT count(*) FROM enrolment_token") { $0.integer(0) }
            }
            #expect(count == 0)
        }
    }

    @Test func theDescriptionAndTheRouterAgree() async throws {
        try await Site.open { site in
            let prefix = "/api/v1"
            let served = site.portal.router().routes.filter { $0.path.description.hasPrefix(prefix + "/") }
                .map { "\($0.method.rawValue) \($0.path.description.dropFirst(prefix.count))" }
            let answer = try await site.send("GET", "\(prefix)/openapi.json")
            #expect(answer.status == 200)
            let document = try #require(
                try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
            let servers = try #require(document["servers"] as? [[String: Any]])
            #expect(servers.map { $0["url"] as? String } == [prefix])
            let paths = try #require(document["paths"] as? [String: [String: Any]])
            let methods: Set = ["get", "put", "post", "delete", "patch", "head", "options"]
            let described = paths.flatMap { path, item in
                item.keys.filter(methods.contains).map { "\($0.uppercased()) \(path)" }
            }
            #expect(served.sorted() == described.sorted())
            #expect(served.count > 5)
        }
    }

    @Test func whatIsNotThereIsAProblem() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            for path in [
                "nothing", "assets/nobody", "assets/nobody/facts", "assets/nobody/paths", "checks/a/b/points?metric=x",
                "../v1/x",
            ] {
                let answer = try await site.send("GET", "/api/v1/\(path)", headers: bearer)
                #expect(answer.status == 404, "\(path)")
                #expect(answer.header("Content-Type") == "application/problem+json", "\(path)")
            }
        }
    }

    @Test func aBadQuestionIsToldWhatIsWrong() async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let path = "/api/v1/checks/web-1/host/points"
            for (query, code) in [
                ("", "missing-metric"), ("metric=x&from=a", "bad-from"), ("metric=x&to=1e9", "bad-to"),
                ("metric=x&from=2&to=1", "bad-span"), ("metric=x&from=1&to=1", "bad-span"),
                ("metric=x&from=99999999999999999999", "bad-from"),
                ("metric=x&from=\(Int64.min)&to=\(Int64.min)", "bad-span"),
            ] {
                let answer = try await site.send("GET", "\(path)?\(query)", headers: bearer)
                #expect(answer.status == 400 && answer.text.contains("\"code\":\"\(code)\""), "\(query)")
            }
            let extreme = try await site.send(
                "GET", "\(path)?metric=x&from=\(Int64.min)&to=\(Int64.max)", headers: bearer)
            #expect(extreme.status == 404)
        }
    }

    @Test func healthIsOpenAndMetricsAreNot() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let health = try await site.send("GET", "/health")
            #expect(health.status == 200 && health.text == "{\"journal\":0,\"status\":\"ok\"}")
            #expect(try await site.send("GET", "/metrics").status == 401)
            let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let metrics = try await site.send("GET", "/metrics", headers: bearer)
            #expect(metrics.status == 200 && metrics.text.contains("\nhaidang_agents 0\n"))
        }
    }
}
