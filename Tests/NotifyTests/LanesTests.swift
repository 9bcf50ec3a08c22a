import Notify
import Testing

/// A receiver that never answers holds up its own route alone.
@Suite struct LanesTests {
    @Test func aFullLaneLeavesTheOthersTheirRoom() {
        var lanes = Lanes()
        let stuck = (0..<100).map { lanes.admits($0, of: "stuck") }
        #expect(stuck.filter { $0 }.count == Lanes.width && stuck.prefix(Lanes.width).allSatisfy { $0 })
        let free = (100..<103).map { lanes.admits($0, of: "free") }
        #expect(free == [true, true, true])
    }

    @Test func nothingSetsOutTwiceAtTheSameTime() {
        var lanes = Lanes()
        let twice = [lanes.admits(1, of: "a"), lanes.admits(1, of: "a")]
        #expect(twice == [true, false])
        let end = lanes.finished(1, of: "a")
        #expect(end && lanes.isEmpty)
        // Seen waiting before it ended, and so no longer true; seen so afterwards, it is a second attempt.
        let stale = lanes.admits(1, of: "a")
        lanes.beginLook()
        let again = lanes.admits(1, of: "a")
        #expect(!stale && again)
    }

    @Test func whatIsFinishedMakesRoom() {
        var lanes = Lanes()
        let width = Int64(Lanes.width)
        let admitted = (0...width).map { lanes.admits($0, of: "a") }
        #expect(admitted == Array(repeating: true, count: Int(width)) + [false])
        let ends = (0..<width).map { lanes.finished($0, of: "a") }
        #expect(ends == Array(repeating: false, count: Int(width) - 1) + [true])
        lanes.beginLook()
        let later = lanes.admits(width, of: "a")
        #expect(later)
    }

    @Test func whatGoesTogetherTakesOnePlaceAndGoesOnce() {
        var lanes = Lanes()
        let together = (0..<100).map(Int64.init)
        let first = lanes.admits(together: together, of: "a")
        // Two more came to wait while those are under way.
        let second = lanes.admits(together: together + [100, 101], of: "a")
        #expect(first == together && second == [100, 101])
        let rest = (200..<300).filter { lanes.admits($0, of: "a") }
        #expect(rest.count == Lanes.width - 2)
        let end = lanes.finished(0, of: "a")
        let stale = lanes.admits(together: together, of: "a")
        #expect(!end && stale.isEmpty)
        lanes.beginLook()
        let again = lanes.admits(together: together, of: "a")
        #expect(again == together)
    }
}
