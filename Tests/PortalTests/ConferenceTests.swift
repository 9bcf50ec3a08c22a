import API
import Conferences
import Curl
import Detection
import Foundation
import Portal
import SQLite
import Storage
import Testing
import Vocabulary

/// The conference as page and programs get it from the stores.
@Suite struct ConferenceTests {
    private static let now = Instant(seconds: 1_700_000_000)

    /// Two communes of two districts, each with a line and a codec; carrier-1 belongs to the province and is down with
    /// the line of the first.
    private static func fill(_ connection: Connection, at now: Instant) throws {
        for (name, level, parent) in [
            ("tinh", "province", ""), ("bac", "district", "tinh"), ("nam", "district", "tinh"),
            ("xa-bac", "commune", "bac"),
            ("xa-nam", "commune", "nam"),
        ] { try UnitStore(connection).put(.init(name: name, title: "UBND \(name)", level: level, parent: parent)) }
        for name in ["xa-bac", "xa-nam"] {
            try SiteStore(connection).put(
                .init(
                    name: name, title: "Điểm cầu \(name)", units: [name],
                    contacts: [.init(name: "Trực", phone: "0274 3 000 001")]))
        }
        func put(_ name: String, _ assetClass: String, _ unit: String, site: String) throws -> Int64 {
            try AssetStore(connection).put(
                name: name, assetClass: assetClass, address: "192.0.2.1", url: "", unit: unit, site: site,
                importance: .normal, at: now)
        }
        let carrier = try put("carrier-1", "line", "tinh", site: "")
        try AgentStore(connection).add(id: "agent", assetID: carrier, machine: [1], at: now)
        func check(
            _ asset: String, _ id: Int64, _ kind: ProbeKind, _ outcome: Outcome, settings: [String: String] = [:]
        ) throws -> Int64 {
            let name = CheckName(asset: asset, part: kind.rawValue)
            try CheckStore(connection).put(
                Check(
                    name: name, kind: kind, target: "192.0.2.1", settings: settings, interval: .seconds(10),
                    timeout: .seconds(4)),
                assetID: id, agent: "agent", at: now)
            let row = try #require(try CheckStore(connection).find(name)).id
            try ConditionStore(connection).set(
                StateChange(
                    check: name, outcome: outcome, since: now - .seconds(90), confirmed: now - .seconds(88), runs: 3),
                checkID: row)
            try ConditionStore(connection).wasAsked(
                checkID: row, at: now - .seconds(1), duration: .seconds(1), state: outcome.state)
            return row
        }
        let gone = Outcome.down(Reason("no-reply"))
        let carrierCheck = try check("carrier-1", carrier, "icmp", gone)
        let line = try put("line-bac", "line", "xa-bac", site: "xa-bac")
        let lineCheck = try check("line-bac", line, "icmp", gone)
        _ = try check("codec-bac", try put("codec-bac", "codec", "xa-bac", site: "xa-bac"), "icmp", gone)
        _ = try check("line-nam", try put("line-nam", "line", "xa-nam", site: "xa-nam"), "icmp", .up)
        let codec = try put("codec-nam", "codec", "xa-nam", site: "xa-nam")
        _ = try check("codec-nam", codec, "icmp", .up)
        let sip = try check("codec-nam", codec, "sip", .up, settings: ["transport": "tls"])
        let series = try #require(
            try SeriesStore(connection).series(checkID: sip, metric: Metric("sip_certificate_expiry_seconds")))
        for value in [400.0, 86_400] {
            try SeriesStore(connection).append(series: series, time: now - .seconds(value > 400 ? 1 : 11), value: value)
        }
        let incidents = IncidentStore(connection)
        try incidents.put(Incident(id: 1, root: carrier, cause: .root, opened: now))
        for (id, subject, asset, hold) in [
            (1, Subject.check(carrierCheck), carrier, nil), (2, .check(lineCheck), line, Alert.Hold.cause(carrier)),
        ] as [(Int64, Subject, Int64, Alert.Hold?)] {
            try AlertStore(connection).put(
                Alert(
                    id: id, subject: subject, asset: asset, outcome: gone, since: now - .seconds(90),
                    confirmed: now - .seconds(88), opened: now, incident: 1, hold: hold, ready: now), at: now)
        }
    }

    private static func overview(_ scope: Scope) throws -> ConferenceOverview {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        try fill(connection, at: now)
        return try ConferenceOverview(connection, scope: scope, at: now)
    }

    @Test func whatTheStoresHoldBecomesGates() throws {
        let overview = try Self.overview(.everything)
        #expect(overview.levels == ["commune"])
        #expect(overview.entries.map(\.site.name) == ["xa-bac", "xa-nam"])
        let (north, south) = (overview.entries[0], overview.entries[1])
        #expect(north.readiness.verdict == .down && north.readiness.gate == .line)
        #expect(north.readiness.blame == .init("carrier-1", incident: 1))
        #expect(north.sharing == 1)
        #expect(south.readiness.verdict == .ready)
        #expect(south.readiness[.signalling].state == .ok)
        #expect(south.readiness[.registration] == .notWatched)
        // The newest reading, from when it was made.
        #expect(south.readiness[.certificate].until == Self.now - .seconds(1) + .seconds(86_400))
    }

    @Test func whoSeesAPartSeesAPart() throws {
        let overview = try Self.overview(.units(["bac", "xa-bac"]))
        #expect(overview.entries.map(\.site.name) == ["xa-bac"])
        #expect(overview.entries[0].readiness.blame == .init("", incident: 1))
        #expect(try Self.overview(.units([])).entries.isEmpty)
    }

    @Test func pageAndProgramsAreToldTheSame() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let now = site.clock.now
            try await site.database.write { try Self.fill($0, at: now) }
            let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
            let answer = try await site.send("GET", "/api/v1/conference?language=vi", headers: bearer)
            #expect(answer.status == 200)
            let conference = try JSONDecoder().decode(ConferenceDTO.self, from: Data(answer.body))
            #expect(conference.counts == ["down": 1, "ready": 1])
            #expect(conference.levels.map(\.level) == ["commune"])
            #expect(conference.gates["codec"] == ["behind": 1, "ok": 1])
            #expect(conference.sites.map(\.verdict) == ["down", "ready"])
            #expect(conference.sites[0].text == "Mất liên lạc: carrier-1 hỏng")
            #expect(conference.sites[0].blame?.sites == 1)
            #expect(conference.sites[0].contact?.phone == "0274 3 000 001")
            #expect(conference.sites[0].gates.count == Gate.allCases.count)
            for wrong in ["language=fr", "level=nothing"] {
                let refusal = try await site.send("GET", "/api/v1/conference?\(wrong)", headers: bearer)
                #expect(refusal.status == 400)
            }
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let page = try await browser.get("/conference")
            #expect(page.text.contains("Mất liên lạc: carrier-1 hỏng"))
            #expect(page.text.contains("tel:027430 00001".replacing(" ", with: "")))
            for (query, found) in [
                ("q=diem+cau+xa-nam", ["xa-nam"]), ("q=0274+3", ["xa-bac", "xa-nam"]), ("state=down", ["xa-bac"]),
                ("gate=line", ["xa-bac"]),
                ("gate=certificate", []), ("level=commune&state=ready", ["xa-nam"]), ("level=district", []),
            ] {
                let text = try await browser.get("/conference?\(query)").text
                for name in ["xa-bac", "xa-nam"] {
                    #expect(text.contains("href=\"/sites/\(name)\"") == found.contains(name), "\(query): \(name)")
                }
            }
        }
    }

    @Test func aViewerOfADistrictSeesItsSites() async throws {
        try await Site.open { site in
            let now = site.clock.now
            try await site.database.write { try Self.fill($0, at: now) }
            try await site.add("hoa", role: .reader, unit: "bac")
            let browser = Browser(site)
            _ = try await browser.signIn("hoa")
            let text = try await browser.get("/conference").text
            #expect(text.contains("/sites/xa-bac") && !text.contains("/sites/xa-nam"))
            #expect(!text.contains("carrier-1") && text.contains("một tài sản ngoài phạm vi của bạn"))
        }
    }
}
