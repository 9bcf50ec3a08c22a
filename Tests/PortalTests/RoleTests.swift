import Curl
import Detection
import Foundation
import HTTPTypes
import Hummingbird
import Portal
import SQLite
import Storage
import Testing
import Vocabulary

/// A reader sees and changes nothing; a unit narrows what they see.
@Suite struct RoleTests {
    /// What everybody may send: it changes the person's own session, password and browser alone.
    private static let own: Set = ["/sign-in", "/sign-out", "/password", "/preferences"]

    private func path(_ route: some CustomStringConvertible) -> String {
        route.description.replacing(#/\{[a-z]+\}/#, with: "x")
    }

    @Test func everyRouteReadsOrDemandsAnAdministrator() async throws {
        try await Site.open { site in
            try await site.add("mai", role: .reader)
            try await site.add("lan")
            let reader = [Header("Authorization", "Bearer \(try await site.token(of: "mai"))")]
            let administrator = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let browser = Browser(site)
            _ = try await browser.signIn("mai")
            let csrf = try await browser.csrf()
            let routes = site.portal.router().routes.filter { ![.get, .head].contains($0.method) }
                .map { (method: $0.method.rawValue, path: path($0.path)) }.filter { !Self.own.contains($0.path) }
            #expect(routes.count >= 4)
            for (method, path) in routes {
                let refused = try await site.send(method, path, headers: reader, body: "x")
                #expect(refused.status == 403, "\(method) \(path)")
                let form = try await browser.send(method, path, body: "csrf=\(csrf)")
                #expect(form.status == 403, "\(method) \(path) with a session")
            }
            for table in ["enrolment_token", "secret", "asset", "route"] {
                let rows = try await site.database.read { connection in
                    try connection.row("SELECT count(*) FROM \(table)") { $0.integer(0) }
                }
                #expect(rows == 0, "\(table)")
            }
            for (method, path) in routes {
                let answer = try await site.send(method, path, headers: administrator, body: "x")
                #expect(answer.status != 403, "\(method) \(path) as an administrator")
            }
        }
    }

    @Test func aReadersOwnFormsWork() async throws {
        try await Site.open { site in
            try await site.add("mai", role: .reader)
            let browser = Browser(site)
            #expect(try await browser.signIn("mai").header("Location") == "/")
            let csrf = try await browser.csrf()
            let language = try await browser.post("/preferences", ["language": "en", "return": "/"])
            #expect(language.status == 302 || language.status == 303)
            let password = try await browser.post(
                "/password",
                [
                    "csrf": csrf, "current": Site.password, "new": "một mật khẩu khác 2",
                    "again": "một mật khẩu khác 2",
                ])
            #expect(password.header("Location") == "/")
            let out = try await browser.post("/sign-out", ["csrf": try await browser.csrf()])
            #expect(out.header("Location") == "/sign-in")
        }
    }

    @Test func readersSeeNeitherAuditNorSecretsNames() async throws {
        try await Site.open { site in
            try await site.add("mai", role: .reader)
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("mai")
            #expect(try await browser.get("/audit").status == 403)
            #expect(try await browser.get("/api/v1/secrets").status == 403)
            let reader = [Header("Authorization", "Bearer \(try await site.token(of: "mai"))")]
            #expect(try await site.send("GET", "/api/v1/secrets", headers: reader).status == 403)
            for path in ["/", "/assets", "/alerts", "/findings", "/agents"] {
                #expect(try await browser.get(path).status == 200, "\(path)")
            }
            _ = try await browser.signIn("lan")
            #expect(try await browser.get("/audit").status == 200)
            #expect(try await browser.get("/api/v1/secrets").text == "[]")
        }
    }

    /// An asset of another unit, and what is told of it, is in no answer that a reader of one unit gets.
    @Test func aUnitNarrowsEveryPageAndEveryAnswer() async throws {
        try await Site.open { site in
            try await site.enrol("hidden-1")
            try await site.enrol("shown-1")
            let now = site.clock.now
            try await site.database.write { connection in
                let units = UnitStore(connection)
                for (name, parent) in [("north", ""), ("north-east", "north"), ("south", "")] {
                    try units.put(.init(name: name, title: "Unit \(name)", parent: parent))
                }
                try connection.run("UPDATE asset SET unit = 'south' WHERE name = 'hidden-1'")
                try connection.run("UPDATE asset SET unit = 'north-east' WHERE name = 'shown-1'")
                // What can be seen is held by, joined for and decided on what cannot.
                let hidden = try AssetStore(connection).asset(named: "hidden-1", scope: .everything)?.id ?? 0
                for (id, name) in [(1, "hidden-1"), (2, "shown-1")] as [(Int64, String)] {
                    let asset = try AssetStore(connection).asset(named: name, scope: .everything)
                    let check = try CheckStore(connection).find(CheckName(asset: name, part: "host"))
                    try IncidentStore(connection).put(
                        Incident(id: id, root: asset?.id ?? 0, cause: id == 2 ? .shared(hidden) : .root, opened: now))
                    try IncidentStore(connection).put(
                        Scene(
                            incident: id, unaffected: [hidden], quiet: [],
                            explanations: [.init(asset: hidden, explains: 1, of: 1, failing: 1, below: 1)]))
                    try AlertStore(connection).put(
                        Alert(
                            id: id, subject: .check(check?.id ?? 0), asset: asset?.id ?? 0,
                            outcome: .down(Reason("timeout")), since: now, confirmed: now, opened: now, incident: id,
                            hold: id == 2 ? .cause(hidden) : nil),
                        at: now)
                    for verdict in [
                        .opened, .caused(by: hidden, since: nil),
                        .quietCause(hidden, .hours("office", until: nil)),
                        .joined(.shared(hidden), assets: 2),
                    ] as [Decision.Verdict] {
                        try DecisionStore(connection).add(
                            Decision(at: now, verdict, subject: .check(check?.id ?? 0), alert: id, incident: id))
                    }
                    try FindingStore(connection).take(
                        Finding(
                            rule: "new-listener", severity: .high, subject: "on \(name)", firstSeen: now, lastSeen: now),
                        assetID: asset?.id ?? 0, received: now)
                    try MessageStore(connection).add(incident: id, route: "to-\(name)", kind: "problem", at: now)
                }
            }
            try await site.add("mai", role: .reader, unit: "north")
            try await site.add("lan")
            let (mai, lan) = (Browser(site), Browser(site))
            _ = try await mai.signIn("mai")
            _ = try await lan.signIn("lan")
            var (seen, shown) = (0, 0)
            for route in site.portal.router().routes where route.method == .get {
                for name in ["hidden-1", "shown-1"] {
                    let path = route.path.description.replacing(#/\{(name|asset)\}/#, with: name)
                        .replacing("{part}", with: "host")
                        .replacing("{id}", with: name == "hidden-1" ? "1" : "2")
                    let answer = try await mai.get(path)
                    // Who asks for a name by name has it on the page that says there is no such thing.
                    if answer.status == 404 { continue }
                    #expect(!answer.text.contains("hidden-1"), "\(path)")
                    shown += answer.text.contains("shown-1") ? 1 : 0
                    seen += try await lan.get(path).text.contains("hidden-1") ? 1 : 0
                }
            }
            #expect(shown > 8 && seen > 8)
            for (path, sentences) in [
                ("/alerts", 1), ("/incidents/2", 4), ("/api/v1/why/alerts/2?language=vi", 3),
                ("/api/v1/why/checks/shown-1/host?language=vi", 3),
            ] {
                let (masked, whole) = (try await mai.get(path).text, try await lan.get(path).text)
                let unseen = masked.components(separatedBy: "một tài sản ngoài phạm vi của bạn").count - 1
                #expect(unseen == sentences && !masked.contains("\"asset\""), "\(path): \(masked)")
                #expect(whole.contains("hidden-1") && !whole.contains("ngoài phạm vi"), "\(path): \(whole)")
            }
            #expect(try await lan.get("/api/v1/alerts").text.contains(#""heldBy":"hidden-1""#))
            for path in [
                "/assets/hidden-1", "/api/v1/assets/hidden-1", "/api/v1/assets/hidden-1/facts",
                "/api/v1/assets/hidden-1/paths",
            ] {
                #expect(try await mai.get(path).status == 404, "\(path)")
                #expect(try await lan.get(path).status == 200, "\(path)")
            }
        }
    }
}
