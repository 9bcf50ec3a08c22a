import CodecProbe
import Testing

@Suite struct RestraintTests {
    private let start = ContinuousClock.now

    @Test func aRefusedLoginIsTriedOnceAnHourAndAnotherPasswordAtOnce() {
        let restraint = DeviceRestraint()
        #expect(restraint.begin("a", password: 1, at: start) == .ask)
        restraint.finish("a", password: 1, .loginRefused, at: start)
        #expect(restraint.begin("a", password: 1, at: start + .seconds(3599)) == .refused(.seconds(3599)))
        #expect(restraint.begin("b", password: 1, at: start) == .ask, "another device is another account")
        #expect(restraint.begin("a", password: 2, at: start + .seconds(60)) == .ask)
        restraint.finish("a", password: 2, .other, at: start + .seconds(61))
        #expect(restraint.begin("a", password: 1, at: start + .seconds(3600)) == .ask)
    }

    @Test func oneAsksAtATimeAndABurstGetsOneAnswer() {
        let restraint = DeviceRestraint()
        #expect(restraint.begin("a", password: 1, at: start) == .ask)
        #expect(restraint.begin("a", password: 1, at: start) == .busy)
        let state = CodecState()
        restraint.finish("a", password: 1, .told(state), at: start + .seconds(1))
        #expect(restraint.begin("a", password: 1, at: start + .seconds(5)) == .known(state))
        #expect(restraint.begin("a", password: 1, at: start + .seconds(6)) == .ask)
    }
}
