import AgentKit
import CollectorWatch
import Courier
import Curl
import Keys
import Logging
import Synchronization
import TestSupport
import Testing
import Vocabulary

/// The watch with a collector that answers or does not, a clock in the hand, and a real receiver.
@Suite struct DeadManWatchTests {
    /// Moves when a test says so; who sleeps is woken by the end of its task alone.
    private final class HandClock: Timekeeper {
        private let passed = Mutex(Duration.zero)
        private let start = ContinuousClock.now

        var monotonic: ContinuousClock.Instant { start + passed.withLock { $0 } }
        var wall: Instant { Instant(seconds: 1_700_000_000) + passed.withLock { $0 } }

        func sleep(until deadline: ContinuousClock.Instant) async {
            while monotonic < deadline, !Task.isCancelled { await Task.yield() }
        }

        func advance(_ seconds: Int) {
            passed.withLock { $0 += .seconds(seconds) }
        }
    }

    private final class Collector: CollectorLink {
        private let status = Mutex<Int?>(200)

        /// nil: nobody is there.
        func answers(_ status: Int?) {
            self.status.withLock { $0 = status }
        }

        func post(_ path: String, body: [UInt8]) async -> Result<LinkReply, LinkError> {
            guard let status = status.withLock({ $0 }) else {
                return .failure(LinkError("https://c:8444: connection refused"))
            }
            return .success(LinkReply(status: status, body: []))
        }

        func get(_ path: String) async -> Result<LinkReply, LinkError> {
            await post(path, body: [])
        }
    }

    private final class Disk: Sendable {
        let text = Mutex("")
        let isFull = Mutex(false)

        func keep(_ ledger: DeadManLedger) throws {
            if isFull.withLock({ $0 }) { throw LinkError("no space left on device") }
            text.withLock { $0 = ledger.text }
        }
    }

    private let clock = HandClock()
    private let collector = Collector()
    private let disk = Disk()
    private let hearing = Hearing()
    private let receiver: HookReceiver
    private let engine: CurlEngine
    private let link: HeardLink

    init() throws {
        receiver = try HookReceiver()
        engine = CurlEngine()
        link = HeardLink(collector, hearing: hearing, time: clock)
    }

    private func watch(ledger: String = "", language: DeadManSettings.Language = .english) throws -> DeadManWatch {
        var settings = DeadManSettings()
        settings.webhook = WebhookSettings(url: receiver.url, secret: "/key", token: "/token")
        let (clock, disk) = (clock, disk)
        let tellings = Telling.all(
            settings, secrets: [DeadManSettings.keyFile: "khóa", DeadManSettings.tokenFile: "thẻ"], engine: engine,
            now: { clock.wall })
        return DeadManWatch(
            .init(
                patience: settings.after, tellings: tellings,
                message: DeadManMessage(
                    language: language, collector: "https://c:8444", agent: "vps-1", kept: .seconds(7 * 86_400)),
                hearing: hearing, link: link, ledger: try DeadManLedger(ledger), keep: { try disk.keep($0) },
                time: clock, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Seconds pass, with a look and a delivery attempt in each.
    private func pass(_ seconds: Int, _ watch: DeadManWatch) async {
        for _ in 0..<seconds {
            clock.advance(1)
            _ = await link.post("/agent/v1/report", body: [])
            await watch.look()
        }
    }

    @Test func theSilenceAndItsEndArriveOnceAndAreSigned() async throws {
        let watch = try watch()
        await pass(5, watch)
        collector.answers(nil)
        await pass(39, watch)
        #expect(receiver.posts.isEmpty)
        await pass(60, watch)
        #expect(receiver.posts.count == 1)
        let post = try #require(receiver.posts.first)
        #expect(post.headers["authorization"] == "Bearer thẻ")
        var key = Array("khóa".utf8)
        let signature = try WebhookSignature.header(
            of: post.body, key: SecretBytes(wiping: &key), at: Instant(seconds: 1_700_000_045))
        #expect(post.headers["x-haidang-signature"] == signature.value)
        #expect(post.fields["kind"] as? String == "problem" && post.fields["state"] as? String == "down")
        #expect(post.fields["since"] as? String == "2023-11-14T22:13:25.000Z")
        let text = try #require(post.fields["text"] as? String)
        for words in ["vps-1", "https://c:8444", "2023-11-15 05:13:25", "connection refused", "7 days"] {
            #expect(text.contains(words), "\(words) is not in \(text)")
        }
        collector.answers(200)
        await pass(100, watch)
        #expect(receiver.posts.count == 2)
        let end = try #require(receiver.posts.last)
        #expect(end.fields["kind"] as? String == "recovery" && end.fields["state"] as? String == "up")
        #expect((end.fields["text"] as? String)?.contains("lasted 1 min") == true)
        #expect(end.headers["idempotency-key"] != post.headers["idempotency-key"])
        #expect(disk.text.withLock { $0 }.isEmpty)
    }

    @Test func aReceiverInTroubleIsTriedAgainAndTheRepetitionMarked() async throws {
        let watch = try watch()
        collector.answers(nil)
        receiver.answer("503 Service Unavailable")
        await pass(44, watch)
        #expect(receiver.posts.count == 3, "at 40, 41 and 43 s")
        receiver.answer("204 No Content")
        await pass(40, watch)
        #expect(receiver.posts.count == 4)
        #expect(receiver.posts.map { $0.fields["repeated"] as? Bool } == [false, true, true, true])
        #expect(Set(receiver.posts.compactMap { $0.headers["idempotency-key"] }).count == 1)
    }

    @Test func whatIsBackBeforeAnybodyWasToldIsNotMentioned() async throws {
        let watch = try watch()
        collector.answers(nil)
        receiver.answer("503 Service Unavailable")
        await pass(42, watch)
        let tried = receiver.posts.count
        receiver.answer("204 No Content")
        collector.answers(200)
        await pass(60, watch)
        #expect(receiver.posts.count == tried)
    }

    /// The agent was asleep, or its network away: nobody asked, so the watch does.
    @Test func theCollectorIsAskedBeforeAnybodyIsTold() async throws {
        let watch = try watch()
        await watch.look()
        clock.advance(3600)
        await watch.look()
        #expect(receiver.posts.isEmpty)
        collector.answers(nil)
        clock.advance(40)
        await watch.look()
        #expect(receiver.posts.count == 1)
    }

    @Test func oneThatTakesNothingIsSilentAndOneThatRefusesIsNot() async throws {
        let watch = try watch(language: .vietnamese)
        collector.answers(403)
        await pass(60, watch)
        #expect(receiver.posts.isEmpty)
        collector.answers(503)
        await pass(41, watch)
        #expect(receiver.posts.count == 1)
        #expect((receiver.posts.first?.fields["text"] as? String)?.contains("Lý do: status 503") == true)
    }

    @Test func aRestartGoesOnWhereTheDiskSaysItWas() async throws {
        collector.answers(nil)
        await pass(45, try watch())
        #expect(receiver.posts.count == 1)
        let ledger = disk.text.withLock { $0 }
        let second = try watch(ledger: ledger)
        await pass(100, second)
        #expect(receiver.posts.count == 1)
        collector.answers(200)
        await pass(3, second)
        #expect(receiver.posts.map { $0.fields["kind"] as? String } == ["problem", "recovery"])
    }

    @Test func aFullDiskKeepsNoWordBack() async throws {
        disk.isFull.withLock { $0 = true }
        let watch = try watch()
        collector.answers(nil)
        await pass(80, watch)
        #expect(receiver.posts.count == 1)
        collector.answers(200)
        await pass(5, watch)
        #expect(receiver.posts.count == 2)
    }

    @Test func aTestSaysThatItIsOne() {
        for language in DeadManSettings.Language.allCases {
            let message = DeadManMessage(language: language, collector: "c", agent: "vps-1", kept: .seconds(86_400))
            let test = message.test(at: clock.wall)
            #expect(test.kind == .test && test.subject.contains("vps-1") && test.text.hasPrefix(test.subject))
        }
    }
}
