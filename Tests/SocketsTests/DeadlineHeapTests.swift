import Sockets
import Testing

/// Beside a table that is searched: whatever is set, moved and dropped, the earliest is the earliest.
@Suite struct DeadlineHeapTests {
    @Test(arguments: [UInt64](0..<40)) func itAgreesWithASearchedTable(seed: UInt64) {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        func random(below limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        let begin = ContinuousClock.now
        var (heap, table) = (DeadlineHeap<Int>(), [Int: ContinuousClock.Instant]())
        // Few keys and few moments, so that keys are moved to and fro and deadlines are equal; and many.
        let (keys, moments) = seed.isMultiple(of: 2) ? (8, 5) : (500, 1000)
        for _ in 0..<3000 {
            let key = random(below: keys)
            switch random(below: 4) {
            case 0, 1:
                let deadline = begin + .milliseconds(random(below: moments))
                heap.set(key, at: deadline)
                table[key] = deadline
            case 2:
                heap.remove(key)
                table[key] = nil
            default:
                let now = begin + .milliseconds(random(below: moments))
                let popped = heap.popDue(at: now)
                #expect((popped == nil) == table.values.allSatisfy { $0 > now })
                if let popped {
                    #expect(table[popped] == table.values.min())
                    table[popped] = nil
                }
            }
            guard heap.earliest == table.values.min(), heap.count == table.count else {
                Issue.record("earliest \(String(describing: heap.earliest)), \(heap.count) of \(table.count)")
                return
            }
        }
    }
}
