package import AgentKit
internal import Courier
internal import Synchronization
package import Vocabulary

/// What the agent last heard of the collector: written wherever it is asked, read by the watch.
package final class Hearing: Sendable {
    private struct State {
        var answer: Answer?
        var problem = ""
    }

    package struct Answer: Hashable, Sendable {
        package var monotonic: ContinuousClock.Instant
        package var wall: Instant
    }

    private let state = Mutex(State())

    package init() {}

    package func answered(_ answer: Answer) {
        state.withLock { $0 = State(answer: answer) }
    }

    package func failed(_ problem: String) {
        state.withLock { $0.problem = AnswerWords.line(problem) }
    }

    /// The newest answer since the last call.
    package func takeAnswer() -> Answer? {
        state.withLock { state in
            defer { state.answer = nil }
            return state.answer
        }
    }

    /// What was wrong when the collector was last asked; empty when nothing was.
    package var problem: String { state.withLock { $0.problem } }
}

/// A way to the collector that tells what is heard there.
package struct HeardLink: CollectorLink {
    private let link: any CollectorLink
    private let hearing: Hearing
    private let time: any Timekeeper

    package init(_ link: any CollectorLink, hearing: Hearing, time: any Timekeeper = SystemTime()) {
        self.link = link
        self.hearing = hearing
        self.time = time
    }

    package func post(_ path: String, body: [UInt8]) async -> Result<LinkReply, LinkError> {
        noted(await link.post(path, body: body))
    }

    package func get(_ path: String) async -> Result<LinkReply, LinkError> {
        noted(await link.get(path))
    }

    private func noted(_ result: Result<LinkReply, LinkError>) -> Result<LinkReply, LinkError> {
        switch result {
        // It refuses this agent, but it is there and works for the others.
        case .success(let reply) where reply.status < 500:
            hearing.answered(.init(monotonic: time.monotonic, wall: time.wall))
        // One that takes nothing, as with a full disk, watches nothing.
        case .success(let reply): hearing.failed("status \(reply.status)")
        case .failure(let error): hearing.failed("\(error)")
        }
        return result
    }
}
