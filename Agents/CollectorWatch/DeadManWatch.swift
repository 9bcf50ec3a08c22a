package import AgentKit
internal import Courier
package import Logging
internal import ServiceLifecycle

/// Watches that the collector answers, and tells by a way of its own when it does not: once, and once that it is back.
///
/// Beside the uplink and independent of it: a delivery that hangs must not keep the word of it back. An actor, because
/// what it knows is guarded across each attempt.
package actor DeadManWatch: Service {
    /// What a watch is made of.
    package struct Parts: Sendable {
        package var patience: Duration
        package var tellings: [Telling]
        package var message: DeadManMessage
        package var hearing: Hearing
        /// Through which the collector is asked; what is heard there has to reach `hearing`.
        package var link: HeardLink
        /// What an earlier run left behind.
        package var ledger: DeadManLedger
        /// Puts the ledger on the disk.
        package var keep: @Sendable (DeadManLedger) throws -> Void
        package var time: any Timekeeper
        package var log: Logger

        package init(
            patience: Duration, tellings: [Telling], message: DeadManMessage, hearing: Hearing, link: HeardLink,
            ledger: DeadManLedger, keep: @escaping @Sendable (DeadManLedger) throws -> Void,
            time: any Timekeeper = SystemTime(), log: Logger
        ) {
            self.patience = patience
            self.tellings = tellings
            self.message = message
            self.hearing = hearing
            self.link = link
            self.ledger = ledger
            self.keep = keep
            self.time = time
            self.log = log
        }
    }

    private static let pace = Duration.seconds(1)
    /// Of the question before a message; without an end it would make a hanging collector look dead later.
    private static let question = Duration.seconds(8)

    private let parts: Parts
    private let time: any Timekeeper
    private let log: Logger
    private var deadMan: DeadMan
    /// What lies on the disk; nil when that is not sure.
    private var kept: DeadManLedger?

    package init(_ parts: Parts) {
        self.parts = parts
        time = parts.time
        log = parts.log
        kept = parts.ledger
        deadMan = DeadMan(
            patience: parts.patience, ways: parts.tellings.map(\.way), ledger: parts.ledger,
            monotonic: parts.time.monotonic, wall: parts.time.wall)
    }

    package func run() async {
        await cancelWhenGracefulShutdown { await self.watch() }
    }

    private func watch() async {
        while !Task.isCancelled {
            let next = time.monotonic + Self.pace
            await look()
            await time.sleep(until: next)
        }
    }

    /// One look: what was heard, what that means, and one attempt at whatever is due.
    package func look() async {
        listen()
        deadMan.look(at: time.monotonic)
        keep()
        guard deadMan.due(at: time.monotonic).contains(where: \.isProblem) else { return await send() }
        // The network may have been away and be back, or the machine asleep: who asks now knows.
        await ask()
        listen()
        keep()
        await send()
    }

    private func listen() {
        guard let answer = parts.hearing.takeAnswer() else { return }
        deadMan.heard(monotonic: answer.monotonic, wall: answer.wall)
    }

    private func ask() async {
        let (link, hearing, time) = (parts.link, parts.hearing, time)
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                _ = await link.get("/agent/v1/assignment")
                return true
            }
            group.addTask {
                await time.sleep(until: time.monotonic + Self.question)
                return false
            }
            let isAnswered = await group.next() ?? false
            group.cancelAll()
            await group.waitForAll()
            if !isAnswered { hearing.failed("no answer within \(Self.question.components.seconds) s") }
        }
    }

    private func send() async {
        let due = deadMan.due(at: time.monotonic)
        guard !due.isEmpty else { return }
        for errand in due { deadMan.begin(errand) }
        keep()
        let problem = parts.hearing.problem
        await withTaskGroup(of: (DeadMan.Errand, Delivery).self) { group in
            for errand in due {
                for telling in parts.tellings where telling.way == errand.way {
                    let notification = parts.message.notification(errand, patience: parts.patience, problem: problem)
                    group.addTask { (errand, await telling.channel.send(notification)) }
                }
            }
            for await (errand, delivery) in group { settle(errand, delivery) }
        }
    }

    private func settle(_ errand: DeadMan.Errand, _ delivery: Delivery) {
        // Broken off because the agent stops: nobody knows whether it arrived.
        guard !Task.isCancelled || delivery == .delivered else { return }
        deadMan.end(errand, delivery, at: time.monotonic)
        keep()
        let what: Logger.Metadata = [
            "by": "\(errand.way)", "what": errand.isProblem ? "the collector is silent" : "the collector is back",
        ]
        switch delivery {
        case .delivered, .deliveredInstead: log.notice("The dead-man has told", metadata: what)
        case .retry(let problem, _), .refused(let problem):
            log.warning(
                "The dead-man could not tell; trying again", metadata: what.merging(["problem": "\(problem)"]) { $1 })
        }
    }

    /// What cannot be written is no reason to be silent, only one to be repeated after a restart.
    private func keep() {
        guard deadMan.ledger != kept else { return }
        do {
            try parts.keep(deadMan.ledger)
            kept = deadMan.ledger
        } catch {
            if kept != nil { log.error("What the dead-man has told cannot be kept", metadata: ["problem": "\(error)"]) }
            kept = nil
        }
    }
}
