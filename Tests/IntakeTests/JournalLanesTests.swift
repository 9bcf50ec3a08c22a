import Intake
import Testing

@Suite struct JournalLanesTests {
    private func drained(_ lanes: inout JournalLanes) -> [Int64] {
        var order: [Int64] = []
        while let id = lanes.next() { order.append(id) }
        return order
    }

    @Test func whatIsUrgentKeepsItsOrderAndSamplesComeNewestFirst() {
        var lanes = JournalLanes()
        for id in 1...8 as ClosedRange<Int64> { lanes.enter(id, isUrgent: id % 3 == 0) }
        #expect(lanes.last == 8)
        #expect(drained(&lanes) == [3, 6, 8, 7, 5, 4, 2, 1])
    }

    @Test func whatComesLaterDoesNotWaitBehindABacklog() {
        var lanes = JournalLanes()
        for id in 1...1000 as ClosedRange<Int64> { lanes.enter(id, isUrgent: false) }
        #expect(lanes.next() == 1000)
        lanes.enter(1001, isUrgent: false)
        lanes.enter(1002, isUrgent: true)
        #expect(lanes.next() == 1002)
        #expect(lanes.next() == 1001)
        #expect(drained(&lanes) == Array((1...999).reversed()))
        #expect(lanes.next() == nil)
    }
}
