import Foundation
import Gzip
import Intake
import SQLite
import Storage
import SwiftProtobuf
import TestSupport
import Testing
import Vocabulary
import Wire

/// POST /agent/v1/report: what comes in, how often, and what is turned away.
@Suite struct ReportDoorTests {
    private func report(_ door: Door) throws -> [UInt8] {
        try Report(sealed: door.now).encoded()
    }

    @Test func whatIsAcceptedLiesOnTheDisk() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let body = try report(door)
            let reply = try await door.deliver([(1, body), (2, body)], as: agent)
            #expect(reply.accepted == [1, 2] && reply.refused.isEmpty)
            #expect(try door.journal() == ["\(agent.id) 7 1", "\(agent.id) 7 2"])
        }
    }

    @Test func whatComesAgainIsAcceptedAndKeptOnce() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let body = try report(door)
            for _ in 0..<3 {
                #expect(try await door.deliver([(1, body), (2, body), (2, body)], as: agent).accepted == [1, 2, 2])
            }
            #expect(try door.journal() == ["\(agent.id) 7 1", "\(agent.id) 7 2"])
            // Applied and gone from the journal, it is still known.
            try await door.engine.applyJournal()
            #expect(try await door.deliver([(1, body), (2, body)], as: agent).accepted == [1, 2])
            #expect(try door.journal().isEmpty)
            // Another spool counts anew.
            #expect(try await door.deliver([(1, body)], stream: .max, as: agent).accepted == [1])
            #expect(try door.journal() == ["\(agent.id) \(UInt64.max) 1"])
        }
    }

    @Test func sequencesMayComeInAnyOrder() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let body = try report(door)
            for batch: [UInt64] in [[9, 3], [1], [2, 8], [3, 9, 5]] {
                #expect(try await door.deliver(batch.map { ($0, body) }, as: agent).accepted == batch)
            }
            #expect(try door.journal() == [9, 3, 1, 2, 8, 5].map { "\(agent.id) 7 \($0)" })
            let id = agent.id
            let receipts = try await door.database.read { try JournalStore($0).receipts(agent: id, stream: 7) }
            #expect(receipts == [1...3, 5...5, 8...9])
        }
    }

    @Test func oneBadReportOrSequenceCostsNoOther() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let body = try report(door)
            let last = UInt64(Int64.max) - 1
            let reply = try await door.deliver(
                [(0, body), (1, body), (.max, body), (last + 1, body), (2, [0xff, 0xff]), (3, []), (last, body)],
                as: agent)
            #expect(reply.accepted == [1, last])
            #expect(reply.refused.map(\.sequence) == [0, .max, last + 1, 2, 3])
            #expect(reply.refused.allSatisfy { !$0.problem.isEmpty })
            #expect(try door.journal().count == 2)
        }
    }

    @Test func whatCannotBeKeptIsNotAccepted() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let delivery = ProtoDelivery([(1, try report(door))])
            // Somebody takes the journal away, and brings it back.
            let other = try Connection(path: door.folder.path("haidang.sqlite"))
            try other.script("ALTER TABLE journal RENAME TO aside")
            let refused = try await door.post(delivery, as: agent)
            #expect(try refused.status == 503 && refused.code == "not-durable")
            try other.script("ALTER TABLE aside RENAME TO journal")
            #expect(try await door.post(delivery, as: agent).status == 200)
            #expect(try door.journal() == ["\(agent.id) 7 1"])
        }
    }

    @Test func manyDeliveriesAtOnceAreKeptOnceEach() async throws {
        try await Door.open { door in
            let (one, two) = (try await door.agent("web-1", mark: 1), try await door.agent("web-2", mark: 2))
            let body = try report(door)
            let accepted = try await withThrowingTaskGroup(of: [UInt64].self) { tasks in
                for number in 0..<24 {
                    tasks.addTask {
                        let agent = number.isMultiple(of: 2) ? one : two
                        return try await door.deliver([(1, body), (UInt64(number), body)], as: agent).accepted
                    }
                }
                return try await tasks.reduce(into: []) { $0 += $1 }
            }
            // Of the first delivery 0 is refused; everything else is accepted, each time it comes.
            #expect(accepted.count == 47)
            let kept =
                (1..<24).map { "\(($0.isMultiple(of: 2) ? one : two).id) 7 \($0)" } + [
                    "\(two.id) 7 1", "\(one.id) 7 1",
                ]
            #expect(try Set(door.journal()) == Set(kept))
            #expect(try door.journal().count == Set(kept).count)
        }
    }

    @Test func twoAgentsWithTheSameNumbersDoNotMeet() async throws {
        try await Door.open { door in
            let (one, two) = (try await door.agent("web-1", mark: 1), try await door.agent("web-2", mark: 2))
            let body = try report(door)
            #expect(try await door.deliver([(1, body)], as: one).accepted == [1])
            #expect(try await door.deliver([(1, body)], as: two).accepted == [1])
            #expect(try door.journal() == ["\(one.id) 7 1", "\(two.id) 7 1"])
        }
    }

    @Test func anAgentSpeaksForNobodyElse() async throws {
        try await Door.open { door in
            let (one, two) = (try await door.agent("web-1", mark: 1), try await door.agent("web-2", mark: 2))
            _ = try await door.deliver([(1, try Door.sheet([], at: door.now))], as: one)
            try await door.engine.applyJournal()
            let name = CheckName(asset: "web-1", part: "host")
            let lie = Report(
                sealed: door.now,
                observations: [
                    Observation(check: name, time: door.now, duration: .zero, outcome: .up, readings: [])
                ],
                states: [
                    StateChange(
                        check: name, outcome: .down(Reason("timeout")), since: door.now, confirmed: door.now, runs: 4)
                ],
                facts: FactSheet(asset: "web-1", source: "agent", seen: door.now, facts: [Fact("os", value: "lie")]))
            // Durable, hence accepted; without any effect.
            #expect(try await door.deliver([(1, try lie.encoded())], as: two).accepted == [1])
            try await door.engine.applyJournal()
            #expect(try door.journal().isEmpty)
            try await door.database.read { connection in
                let statuses = try ConditionStore(connection).statuses(scope: .everything)
                #expect(statuses.map(\.name) == [name] && statuses.map(\.outcome) == [nil])
                #expect(statuses.map(\.lastAsked) == [nil])
                for asset in try AssetStore(connection).all(scope: .everything) {
                    #expect(try FactStore(connection).facts(assetID: asset.id).isEmpty)
                }
            }
            #expect(try await door.deliver([(2, try lie.encoded())], as: one).accepted == [2])
            try await door.engine.applyJournal()
            let states = try await door.database.read { try ConditionStore($0).statuses(scope: .everything) }
            #expect(states.map(\.outcome?.state) == [.down])
        }
    }

    @Test func extremeNumbersNeitherTrapNorStopTheEngine() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let name = CheckName(asset: "web-1", part: "host")
            var reports: [(UInt64, [UInt8])] = []
            for (index, micros) in [Int64.min, Int64.min + 1, -1, 0, Int64.max].enumerated() {
                let time = Instant(microseconds: micros)
                let values = [Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -0.0]
                let report = Report(
                    sealed: time,
                    observations: [
                        Observation(
                            check: name, time: time, duration: .microseconds(Int64.max), outcome: .up,
                            readings: values.map { Reading(Metric("a\0\u{301}", ["b": "\"\n"]), $0) })
                    ],
                    states: [
                        StateChange(check: name, outcome: .up, since: time, confirmed: time, runs: Int(UInt32.max))
                    ],
                    facts: FactSheet(
                        asset: "", source: "s\(index)", seen: time,
                        facts: [
                            Fact(path: "a/é", value: "1\0"), Fact(path: "a/e\u{301}", value: "2"),
                            Fact(path: "a/é", value: "3"), Fact(path: "//", value: ""),
                            Fact("listen", "tcp", "0.0.0.0:\(index + 1)", "program", value: "x"),
                        ]))
                reports.append((UInt64(index + 1), try report.encoded()))
            }
            var delivery = ProtoDelivery(reports)
            delivery.presence.now = .min
            delivery.presence.oldestSpooled = .max
            #expect(try await door.post(delivery, as: agent).status == 200)
            delivery.presence.now = .max
            #expect(try await door.post(delivery, as: agent).status == 200)
            try await door.engine.applyJournal()
            #expect(try door.journal().isEmpty)
        }
    }

    @Test func anotherVersionAndWhatCannotBeReadAreRefused() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            var newer = ProtoDelivery([(1, try report(door))])
            newer.version = Limits.version + 1
            let answer = try await door.post(newer, as: agent)
            #expect(try answer.status == 400 && answer.code == "wrong-version")
            let packed = try gzip(try ProtoDelivery([(1, try report(door))]).serializedBytes())
            let bodies = [
                [], Array("not gzip".utf8), Array(packed.dropLast(9)), packed + [1, 2, 3],
                try gzip([UInt8](repeating: 0xff, count: 99)),
            ]
            for body in bodies {
                let answer = try await door.send("POST", "/agent/v1/report", body, as: agent.identity)
                #expect(try answer.status == 400 && answer.code == "malformed")
            }
            #expect(try door.journal().isEmpty)
        }
    }

    @Test func moreReportsThanADeliveryHoldsAreRefused() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            let body = try report(door)
            let most = (1...UInt64(Limits.reportsPerDelivery)).map { ($0, body) }
            #expect(try await door.post(ProtoDelivery(most + [(9999, body)]), as: agent).status == 400)
            #expect(try await door.deliver(most, as: agent).accepted.count == Limits.reportsPerDelivery)
        }
    }

    @Test func aBodyThatIsTooLargeIsRefused() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            for count in [Limits.compressedBytes + 1, Limits.compressedBytes * 4] {
                let answer = try await door.send(
                    "POST", "/agent/v1/report", [UInt8](repeating: 0, count: count), as: agent.identity)
                #expect(try answer.status == 413 && answer.code == "too-large")
            }
            #expect(try await door.deliver([(1, try report(door))], as: agent).accepted == [1])
        }
    }

    @Test func aBombIsRefusedWithoutGrowing() async throws {
        try await Door.open { door in
            let agent = try await door.agent("web-1", mark: 1)
            // 1 GiB once unpacked, in some 1 MB.
            let member = try gzip([UInt8](repeating: 0, count: 16 << 20))
            let bomb = Array(repeatElement(member, count: 64).joined())
            try #require(bomb.count < Limits.compressedBytes)
            let before = try Memory.peakKilobytes()
            let answer = try await door.send("POST", "/agent/v1/report", bomb, as: agent.identity)
            #expect(try answer.status == 400 && answer.code == "malformed")
            #expect(try Memory.peakKilobytes() - before < 256 << 10)
            #expect(try await door.deliver([(1, try report(door))], as: agent).accepted == [1])
        }
    }
}
