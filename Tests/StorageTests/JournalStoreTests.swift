import SQLite
import Storage
import Testing
import Vocabulary

@Suite struct JournalStoreTests {
    private func emptyStore() throws -> (Connection, JournalStore) {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let asset = try AssetStore(connection).addEnrolled(name: "web-1", assetClass: "server", at: Instant(seconds: 0))
        try AgentStore(connection).add(id: "a1", assetID: asset.id, machine: [1], at: Instant(seconds: 0))
        return (connection, JournalStore(connection))
    }

    private func append(_ sequence: UInt64, _ store: JournalStore) throws -> Bool {
        try store.append(
            agent: "a1", stream: .max, sequence: sequence, received: Instant(seconds: 1), body: [UInt8(sequence % 256)])
    }

    @Test func aSequenceIsKeptOnce() throws {
        let (_, store) = try emptyStore()
        #expect(try append(7, store))
        #expect(try !append(7, store))
        #expect(try store.pendingCount() == 1)
    }

    /// Whatever the order, receipts end as one range, and nothing is taken twice: not even after it was applied.
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func receiptsJoinInAnyOrder(seed: UInt64) throws {
        let (_, store) = try emptyStore()
        var sequences = Array(1...60 as ClosedRange<UInt64>)
        var state = seed
        for index in sequences.indices.reversed() {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            sequences.swapAt(index, Int(state >> 33) % (index + 1))
        }
        for sequence in sequences { #expect(try append(sequence, store)) }
        #expect(try store.receipts(agent: "a1", stream: .max) == [1...60])
        let entries = try store.pending(limit: 100)
        #expect(try store.pending(after: entries[9].id, limit: 100) == Array(entries[10...]))
        for entry in entries {
            #expect(try store.entry(entry.id) == entry)
            try store.remove(entry.id)
            #expect(try store.entry(entry.id) == nil)
        }
        for sequence in sequences { #expect(try !append(sequence, store)) }
        #expect(try store.pendingCount() == 0)
    }

    @Test func gapsStayGaps() throws {
        let (_, store) = try emptyStore()
        for sequence in [5, 1, 2, 9, 4] as [UInt64] { _ = try append(sequence, store) }
        #expect(try store.receipts(agent: "a1", stream: .max) == [1...2, 4...5, 9...9])
    }

    @Test func anotherStreamCountsAnew() throws {
        let (_, store) = try emptyStore()
        #expect(try append(1, store))
        #expect(try store.append(agent: "a1", stream: 1, sequence: 1, received: Instant(seconds: 1), body: []))
    }
}
