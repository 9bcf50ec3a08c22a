import Courier
import Testing
import Vocabulary

@Suite struct PersistenceTests {
    let created = Instant(seconds: 1000)

    @Test func pausesDoubleUpToFiveMinutes() {
        let pauses = (1...11).map { Persistence.pause(afterAttempt: $0).components.seconds }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
        #expect(Persistence.pause(afterAttempt: .min) == .seconds(1))
        #expect(Persistence.pause(afterAttempt: .max) == .seconds(300))
    }

    @Test func aReceiversWishForPatienceCountsUpToAnHour() {
        let now = created + .seconds(5)
        let decide = { (after: Duration?) in
            Persistence.decide(.retry(problem: "429", after: after), attempt: 1, created: created, now: now)
        }
        #expect(decide(nil) == .again(at: now + .seconds(1), problem: "429"))
        #expect(decide(.seconds(90)) == .again(at: now + .seconds(90), problem: "429"))
        #expect(decide(.seconds(99_999)) == .again(at: now + .seconds(3600), problem: "429"))
    }

    @Test func afterADayAMessageIsGivenUpAndSaysWhy() {
        let decision = Persistence.decide(
            .retry(problem: "refused", after: nil), attempt: 300, created: created, now: created + .seconds(86_400))
        #expect(decision == .givenUp(problem: "given up after a day: refused"))
    }

    @Test func whatNoRetryHelpsIsGivenUpAtOnce() {
        let decision = Persistence.decide(.refused(problem: "404"), attempt: 1, created: created, now: created)
        #expect(decision == .givenUp(problem: "404"))
    }
}
