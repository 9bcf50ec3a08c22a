import API
import Detection
import Foundation
import SQLite
import Storage
import TestSupport
import Testing
import Vocabulary

/// What a month of a whole province costs to report. HAIDANG_MEASURE sets how many changes each check had.
@Suite struct AvailabilityCost {
    static let changes = ProcessInfo.processInfo.environment["HAIDANG_MEASURE"].flatMap { Int($0) }

    @Test(.enabled(if: changes != nil)) func aMonthOf500Assets() throws {
        let each = try #require(Self.changes)
        let month = try #require(Month("2026-11"))
        let (start, end) = (month.period.lowerBound, month.period.upperBound)
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path("haidang.sqlite"), mode: .readWrite)
        try Schema.migrate(connection)
        let step = (end - start) / each
        try connection.transaction {
            try connection.script(
                """
                INSERT INTO unit (name, title) VALUES ('tinh', 'tinh');
                INSERT INTO hours (name, title) VALUES ('hop', 'hop');
                INSERT INTO hours_rule (hours, place, rule) VALUES ('hop', 0, 'mon-fri 07:00-11:30, 13:00-17:00');
                """)
            for place in 0..<120 {
                try SiteStore(connection).put(.init(name: "site-\(place)", title: "", units: ["tinh"]))
            }
            let machine = try AssetStore(connection).addEnrolled(name: "vm", assetClass: "server", at: start)
            try AgentStore(connection).add(id: "a1", assetID: machine.id, machine: [1], at: start)
            for place in 0..<500 {
                let id = try AssetStore(connection).put(
                    name: "asset-\(place)", assetClass: "codec", address: "10.0.0.1", url: "", unit: "tinh",
                    site: "site-\(place % 120)", importance: .normal, hours: place % 2 == 0 ? "hop" : "", at: start)
                for part in place < 100 ? ["icmp", "http"] : ["icmp"] {
                    let name = CheckName(asset: "asset-\(place)", part: part)
                    try CheckStore(connection).put(
                        Check(name: name, kind: "icmp", target: "x", interval: .seconds(1), timeout: .seconds(1)),
                        assetID: id, agent: "a1", at: start)
                    let check = try #require(try CheckStore(connection).find(name)).id
                    for turn in 0..<each {
                        // Every twentieth change is a silence and the word that it is over.
                        let isWord = turn % 20 > 17
                        let outcome: Outcome =
                            turn % 20 == 18 ? .unknown(ConditionStore.silence) : turn % 2 == 0 ? .down(.unstated) : .up
                        let time = start + step * turn
                        try ConditionStore(connection).record(
                            StateChange(
                                check: name, outcome: outcome, since: time, confirmed: time + .seconds(2),
                                runs: isWord ? 0 : 8), checkID: check, at: time)
                    }
                }
            }
        }
        for grouping in AvailabilityReport.Grouping.allCases {
            let begun = ContinuousClock.now
            let report = try AvailabilityReport(connection, month, by: grouping, scope: .everything, at: end)
            let took = ContinuousClock.now - begun
            print("availability: \(each) changes of each of 600 checks, by \(grouping.rawValue): \(took)")
            #expect(report.total.assets == 500)
            #expect(report.total.availability.total == (end - start) * 500)
        }
    }
}
