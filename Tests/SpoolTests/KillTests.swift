import Spool
import TestSupport
import Testing
import Vocabulary

/// The spool's files copied at any moment are what a killed process leaves behind.
@Suite struct KillTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func nothingAppendedIsLost(seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        var path = folder.file("spool-0")
        var spool = try Spool(path: path)
        let stream = try await spool.state().stream
        var random = Dice(seed: seed)
        var held: Set<UInt64> = []
        var newest: UInt64 = 0
        for step in 1...120 {
            switch random.next() % 10 {
            case 0..<5:
                let kind = ReportClass(rawValue: Int(random.next() % 3)) ?? .samples
                let size = Int(random.next() % 5000)
                for sequence in try await spool.append([
                    OutgoingReport(
                        kind, sealed: Instant(seconds: Int64(step)), body: [UInt8](repeating: 1, count: size))
                ]) {
                    #expect(sequence > newest)
                    newest = sequence
                    held.insert(sequence)
                }
            case 5..<8:
                let batch = try await spool.next(bytes: 8000, reports: 3).map(\.sequence)
                try await spool.remove(acknowledged: batch)
                held.subtract(batch)
            default:
                let image = folder.file("spool-\(step)")
                for suffix in ["", "-wal"] where folder.exists(path + suffix) {
                    try folder.copy(path + suffix, to: image + suffix)
                }
                path = image
                spool = try Spool(path: path)
            }
            let found = try await spool.next(bytes: 1 << 30, reports: 1000).map(\.sequence)
            #expect(Set(found) == held && found.count == held.count)
        }
        #expect(try await spool.state().stream == stream)
    }
}
