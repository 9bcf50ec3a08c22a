import CollectorWatch
import Testing
import Vocabulary

@Suite struct DeadManLedgerTests {
    @Test func whatIsWrittenIsRead() throws {
        var ledger = DeadManLedger()
        #expect(ledger.text.isEmpty)
        #expect(try DeadManLedger("") == ledger)
        ledger.silence = Instant(microseconds: 1_700_000_000_123_456)
        for (number, stage) in DeadManLedger.Stage.allCases.enumerated() where stage != .nothing {
            for isOpen in [false, true] {
                ledger.entries["way-\(number)-\(isOpen)"] = .init(
                    stage: stage, since: Instant(microseconds: Int64(number) * 7 - 3),
                    resolved: stage == .recovery ? Instant(microseconds: 99) : nil, attempts: number, isOpen: isOpen,
                    isOwedEnd: number == 1)
            }
        }
        #expect(try DeadManLedger(ledger.text) == ledger)
    }

    @Test(arguments: [
        "silence", "silence x", "webhook told 1 - 0 closed", "webhook shouted 1 - 0 closed clear",
        "webhook told x - 0 closed clear", "webhook told 1 x 0 closed clear", "webhook told 1 - -1 closed clear",
        "webhook told 1 - 0 ajar clear", "webhook told 1 - 0 open perhaps", "hello world and more",
    ])
    func aDamagedLineIsNamed(line: String) {
        #expect {
            try DeadManLedger("silence 5\n\(line)\n")
        } throws: {
            "\($0)".contains("\"\(line)\"")
        }
    }
}
