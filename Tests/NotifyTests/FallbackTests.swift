import Courier
import Notify
import Synchronization
import Testing
import Vocabulary

/// When the second channel is taken, and what the record says of it.
@Suite struct FallbackTests {
    private let created = Instant(seconds: 1000)

    private func isDue(_ first: Delivery, attempt: Int = 1, after span: Duration = .zero) -> Bool {
        Fallback.isDue(first, attempt: attempt, created: created, now: created + span)
    }

    @Test func aRefusalTakesItAtOnce() {
        #expect(isDue(.refused(problem: "404")))
    }

    @Test func aFailureTakesItAfterThreeAttemptsOrTwoMinutes() {
        let failed = Delivery.retry(problem: "nobody there", after: nil)
        #expect(!isDue(failed, attempt: 1) && !isDue(failed, attempt: 2) && isDue(failed, attempt: 3))
        #expect(!isDue(failed, attempt: 1, after: .seconds(119)) && isDue(failed, attempt: 1, after: .seconds(120)))
    }

    @Test func aReceiverThatWantsPeaceForLongerThanThatIsNotWaitedFor() {
        #expect(!isDue(.retry(problem: "429", after: .seconds(120))))
        #expect(isDue(.retry(problem: "429", after: .seconds(121))))
    }

    @Test func whatWasDeliveredNeedsNoSecond() {
        #expect(!isDue(.delivered, attempt: 99, after: .seconds(9999)))
    }

    /// Whatever the two say: lost only where both refused, delivered where one took it, and both problems are told.
    @Test func nothingIsGivenUpThatOneOfThemCouldStillTake() {
        let answers: [Delivery] = [
            .delivered, .retry(problem: "one", after: nil), .retry(problem: "one", after: .seconds(3600)),
            .refused(problem: "one"),
        ]
        for first in answers {
            for second in answers {
                let both = Fallback.combined(first: first, second: second, by: "sms")
                switch both {
                case .delivered: #expect(first == .delivered)
                case .deliveredInstead(let how): #expect(second == .delivered && how == "by sms, because one")
                case .refused(let problem):
                    #expect(first == .refused(problem: "one") && second == first && problem == "one; and by sms: one")
                case .retry(let problem, let after):
                    #expect(first != .delivered && second != .delivered && problem == "one; and by sms: one")
                    #expect(after.map { $0 <= Fallback.longestPause } ?? true)
                }
            }
        }
    }

    /// Remembers what it was given.
    private final class Notes: Channel {
        private let answer: Delivery
        private let taken = Mutex<[Notification]>([])

        init(_ answer: Delivery) {
            self.answer = answer
        }

        var notifications: [Notification] { taken.withLock { $0 } }

        func send(_ notification: Notification) async -> Delivery {
            taken.withLock { $0.append(notification) }
            return answer
        }
    }

    private struct Unset: Error, CustomStringConvertible {
        var description: String { "the secret is not set" }
    }

    private let notification = Notification(
        id: 1, alert: 1, kind: .problem, asset: "a", site: "", check: nil, outcome: .up, since: Instant(seconds: 1000),
        resolved: nil, isRepeated: false, subject: "s", text: "t", repetition: "maybe repeated")

    @Test(arguments: [
        (Delivery.refused(problem: "404"), false), (.retry(problem: "timed out", after: nil), true),
    ])
    func theSecondIsToldThatTheFirstMayHaveDelivered(answer: Delivery, isRepeated: Bool) async {
        let (first, second) = (Notes(answer), Notes(.delivered))
        let route = OpenedRoute(
            first: .init(kind: "webhook") { first }, second: .init(kind: "sms") { second })
        let clock = created
        let delivery = await route.send(notification, attempt: 3, created: created, now: { clock })
        guard case .deliveredInstead = delivery else {
            Issue.record("\(delivery)")
            return
        }
        #expect(second.notifications.map(\.isRepeated) == [isRepeated])
        #expect(first.notifications.map(\.isRepeated) == [false])
        #expect(second.notifications.first?.markedText == (isRepeated ? "(maybe repeated) t" : "t"))
    }

    @Test func aChannelThatCannotBeOpenedIsTriedAgain() async {
        let clock = created
        let route = OpenedRoute(first: .init(kind: "telegram") { throw Unset() })
        let delivery = await route.send(notification, attempt: 1, created: created, now: { clock })
        #expect(delivery == .retry(problem: "the secret is not set", after: .seconds(60)))
    }

    @Test func aSecretThatAReceiverQuotesIsInNoRecord() async {
        let channel = DiscreetChannel(
            Notes(.refused(problem: "no user with key abc-def-ghi, nor abc")), secrets: ["abc", "abc-def-ghi", ""])
        #expect(await channel.send(notification) == .refused(problem: "no user with key (secret), nor (secret)"))
    }

    @Test func aRowOfOneChannelIsStillReadAndWritten() throws {
        let old = #"{"webhook":{"_0":{"url":"http://a/"}}}"#
        let one = try RouteChannels(json: old)
        #expect(one == RouteChannels(first: .webhook(.init(url: "http://a/"))))
        #expect(try one.json == old)
        let two = RouteChannels(
            first: .telegram(.init(chat: "-1", secret: "bot")),
            fallback: .sms(.init(url: "http://b/{{to}}{{text}}{{secret}}", to: "1", secret: "key", token: "bot")))
        #expect(try RouteChannels(json: two.json) == two)
        #expect(two.secrets == ["bot", "key"])
        let quiet = RouteChannels(first: one.first, proof: .never)
        #expect(try RouteChannels(json: quiet.json) == quiet)
    }
}
