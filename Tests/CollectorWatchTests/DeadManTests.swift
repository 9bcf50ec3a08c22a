import CollectorWatch
import Courier
import Testing
import Vocabulary

/// Seconds on both clocks, told to a dead-man by hand.
struct Story {
    static let epoch = Instant(seconds: 1_700_000_000)
    let start = ContinuousClock.now
    var man: DeadMan
    private(set) var second = 0

    init(ways: [String] = ["webhook"], ledger: DeadManLedger = .init(), at second: Int = 0) {
        self.second = second
        man = DeadMan(
            patience: .seconds(40), ways: ways, ledger: ledger, monotonic: start + .seconds(second),
            wall: Self.epoch + .seconds(second))
    }

    var now: ContinuousClock.Instant { start + .seconds(second) }
    var wall: Instant { Self.epoch + .seconds(second) }
    var due: [DeadMan.Errand] { man.due(at: now) }

    mutating func hear(at second: Int) {
        self.second = second
        man.heard(monotonic: now, wall: wall)
    }

    mutating func look(at second: Int) -> [DeadMan.Errand] {
        self.second = second
        man.look(at: now)
        return due
    }

    mutating func send(_ delivery: Delivery) {
        for errand in due {
            man.begin(errand)
            man.end(errand, delivery, at: now)
        }
    }

    /// The agent is started anew, with what its file says.
    mutating func restart(at second: Int) throws {
        self.second = second
        let ledger = try DeadManLedger(man.ledger.text)
        man = DeadMan(patience: .seconds(40), ways: ["webhook"], ledger: ledger, monotonic: now, wall: wall)
    }
}

@Suite struct DeadManTests {
    private let lost = Delivery.retry(problem: "no network", after: nil)

    @Test func aSilenceIsToldOnceAndItsEndOnce() {
        var story = Story()
        story.hear(at: 3)
        #expect(story.look(at: 42).isEmpty, "39 s of silence are none")
        let errands = story.look(at: 43)
        #expect(errands.map(\.isProblem) == [true])
        #expect(errands.first?.since == Story.epoch + .seconds(3) && errands.first?.isRepeated == false)
        story.send(.delivered)
        for second in 44..<500 { #expect(story.look(at: second).isEmpty) }
        story.hear(at: 500)
        #expect(story.due.map(\.resolved) == [Story.epoch + .seconds(500)])
        #expect(story.due.first?.since == Story.epoch + .seconds(3))
        story.send(.delivered)
        for second in 501..<520 {
            story.hear(at: second)
            #expect(story.look(at: second).isEmpty)
        }
    }

    @Test func aCollectorThatIsStartedAnewIsNotSilent() {
        var story = Story()
        for second in stride(from: 5, to: 4000, by: 39) {
            story.hear(at: second)
            #expect(story.look(at: second + 38).isEmpty)
        }
    }

    @Test func whatWasNeverDeliveredHasNoEndToTell() {
        var story = Story()
        story.hear(at: 0)
        #expect(story.look(at: 40).count == 1)
        story.send(lost)
        #expect(story.look(at: 40).isEmpty, "not at once again")
        #expect(story.look(at: 41).map(\.isRepeated) == [true])
        story.send(lost)
        story.hear(at: 60)
        #expect(story.due.isEmpty)
        #expect(story.man.ledger.text.isEmpty)
    }

    @Test func aReceiverThatRefusesIsAskedAgainSeldom() {
        var story = Story()
        story.hear(at: 0)
        _ = story.look(at: 40)
        story.send(.refused(problem: "404"))
        #expect(story.look(at: 339).isEmpty)
        #expect(story.look(at: 340).count == 1)
        story.send(.retry(problem: "429", after: .seconds(90)))
        #expect(story.look(at: 429).isEmpty)
        #expect(story.look(at: 430).count == 1)
    }

    /// Whenever the agent is started anew in a silence: told once, not later than half as long again.
    @Test(arguments: 1..<100) func aRestartNeitherRepeatsNorForgets(second: Int) throws {
        var story = Story()
        story.hear(at: 0)
        var told: [(second: Int, errand: DeadMan.Errand)] = []
        for now in 1..<200 {
            if now == second { try story.restart(at: now) }
            for errand in story.look(at: now) { told.append((now, errand)) }
            story.send(.delivered)
        }
        #expect(told.count == 1)
        let first = try #require(told.first)
        #expect((40...60).contains(first.second))
        #expect(first.errand.since == Story.epoch + .seconds(second <= 20 ? second : 0))
        try story.restart(at: 200)
        story.hear(at: 203)
        #expect(story.due.map(\.isProblem) == [false])
    }

    /// Killed between the beginning and the end of an attempt: it may have arrived.
    @Test func whatWasUnderWayIsRepeatedAndMarkedAndTakenBack() throws {
        var story = Story()
        story.hear(at: 0)
        for errand in story.look(at: 40) { story.man.begin(errand) }
        try story.restart(at: 41)
        var other = story
        #expect(story.look(at: 61).map(\.isRepeated) == [true], "still silent: once more, and marked")
        other.hear(at: 42)
        #expect(other.due.map(\.isProblem) == [false], "back: the receiver may have heard of it")
        for errand in other.due { other.man.begin(errand) }
        try other.restart(at: 43)
        #expect(other.due.map(\.isRepeated) == [true] && other.due.map(\.isProblem) == [false])
    }

    @Test func silentAgainBeforeTheEndWasToldIsTheSameSilence() {
        var story = Story()
        story.hear(at: 0)
        _ = story.look(at: 40)
        story.send(.delivered)
        story.hear(at: 100)
        #expect(story.look(at: 140).isEmpty, "what the receiver knows is true")
        story.hear(at: 150)
        #expect(story.due.map(\.since) == [Story.epoch])
        story.send(lost)
        // The end was tried, and may have arrived: then the next silence is news.
        #expect(story.look(at: 190).map(\.isProblem) == [true])
        story.send(lost)
        story.hear(at: 195)
        #expect(story.due.map(\.isProblem) == [false], "the first silence was never taken back")
    }

    @Test func eachReceiverIsToldByItself() {
        var story = Story(ways: ["webhook", "mail"])
        story.hear(at: 0)
        let errands = story.look(at: 40)
        #expect(errands.map(\.way) == ["webhook", "mail"])
        for errand in errands {
            story.man.begin(errand)
            story.man.end(errand, errand.way == "mail" ? .delivered : lost, at: story.now)
        }
        story.hear(at: 41)
        #expect(story.due.map(\.way) == ["mail"], "the end goes to who heard of the beginning")
    }

    @Test func aClockThatWasSetBackMakesNothingUp() throws {
        var ledger = DeadManLedger()
        ledger.silence = Story.epoch + .seconds(1_000_000)
        var story = Story(ledger: ledger)
        #expect(story.look(at: 39).isEmpty)
        #expect(story.look(at: 40).map(\.since) == [Story.epoch])
        ledger.silence = Instant(microseconds: .min)
        story = Story(ledger: ledger)
        #expect(story.look(at: 19).isEmpty, "half of the patience after a start, whatever was before")
        #expect(story.look(at: 20).count == 1)
    }
}
