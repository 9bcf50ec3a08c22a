import Detection
import Portal
import SQLite
import Storage
import Testing
import Vocabulary
import WebUI

/// What an incident is blamed on, as a message says it.
@Suite struct IncidentCauseTests {
    /// What a receiver reads of two incidents: one at a site, one of what depends on the asset itself.
    @Test func aSiteHasItsTitleAndAnAssetItsName() async throws {
        try await Site.open { site in
            try await site.enrol("codec-1")
            let now = site.clock.now
            let causes = try await site.database.write { connection in
                try SiteStore(connection).put(.init(name: "hall", title: "Hội trường An Sơn"))
                try connection.run("UPDATE asset SET site = 'hall' WHERE name = 'codec-1'")
                let asset = try AssetStore(connection).asset(named: "codec-1", scope: .everything)?.id ?? 0
                let store = IncidentStore(connection)
                return try [Incident.Cause.site("hall"), .shared(asset)].enumerated().compactMap { number, cause in
                    let id = Int64(number + 1)
                    try store.put(Incident(id: id, root: asset, cause: cause, opened: now))
                    return try store.listed(id: id, scope: .everything).map { listed in
                        IncidentCause(listed) { Named($0, title: $0 == "hall" ? "Hội trường An Sơn" : "") }
                    }
                }
            }
            #expect(causes == [.site(Named("hall", title: "Hội trường An Sơn")), .shared("codec-1")])
            let bodies = causes.map { cause in
                IncidentMessage(
                    isRecovery: false, asset: "codec-1", check: "icmp", outcome: .down(Reason("timeout")), since: now,
                    resolved: nil, cause: cause
                ).text(in: .vietnamese).body
            }
            #expect(bodies[0].contains("Hội trường An Sơn.") && !bodies[0].contains("hall"))
            #expect(bodies[1].contains("phụ thuộc codec-1,"))
        }
    }
}
