import Captures
import Synchronization

/// Asks the system's resolver (`/etc/hosts`, DNS and whatever nsswitch.conf names) on a few threads of its own.
///
/// `getaddrinfo` blocks and cannot be cancelled: the caller goes on at its deadline, the thread when it can.
package final class SystemResolver: Resolver {
    package typealias Lookup = @Sendable (String, AddressFamily?) -> Result<[SocketAddress], ResolveError>

    private let poller: Poller
    private let queue: LookupQueue

    /// `threads` are started when they are needed; `backlog` questions may wait for one.
    package init(
        poller: Poller, threads: Int = 4, backlog: Int = 1024, lookup: @escaping Lookup = SystemResolver.getAddresses
    ) {
        self.poller = poller
        queue = LookupQueue(threads: threads, backlog: backlog, lookup: lookup)
    }

    deinit {
        queue.stop()
    }

    package func resolve(
        _ host: String, family: AddressFamily?, until deadline: ContinuousClock.Instant
    ) async throws(ResolveError) -> [SocketAddress] {
        if let literal = SocketAddress(host) {
            guard family == nil || literal.family == family else {
                throw .notFound("\(host) is not an \(family?.description ?? "IP") address")
            }
            return [literal]
        }
        let pending = Pending<Result<[SocketAddress], ResolveError>>()
        if let refusal = queue.ask(host, family, pending) { throw refusal }
        let token = poller.watch(nil, until: deadline) { wake in
            pending.bring(.failure(wake == .cancelled ? .cancelled : .timedOut))
        }
        let answer = await withTaskCancellationHandler {
            await pending.value()
        } onCancel: {
            pending.bring(.failure(.cancelled))
        }
        if let token { poller.cancel(token) }
        let addresses = try answer.get()
        Capture.current?.note("\(host) is \(addresses.map(\.literal).joined(separator: ", "))", at: .now)
        return addresses
    }
}

/// Questions waiting for a thread.
private final class LookupQueue: Sendable {
    private struct Question: Sendable {
        var host: String
        var family: AddressFamily?
        var pending: Pending<Result<[SocketAddress], ResolveError>>
    }

    private struct State: Sendable {
        var waiting: [Question] = []
        var threads = 0
        var isStopped = false
    }

    private let limit: Int
    private let backlog: Int
    private let lookup: SystemResolver.Lookup
    private let state = Mutex(State())

    init(threads: Int, backlog: Int, lookup: @escaping SystemResolver.Lookup) {
        self.limit = max(1, threads)
        self.backlog = backlog
        self.lookup = lookup
    }

    /// An error when the question cannot be taken.
    func ask(
        _ host: String, _ family: AddressFamily?, _ pending: Pending<Result<[SocketAddress], ResolveError>>
    ) -> ResolveError? {
        let (refusal, needsThread) = state.withLock { state -> (ResolveError?, Bool) in
            if state.waiting.count >= backlog {
                state.waiting.removeAll { $0.pending.isSettled }
                guard state.waiting.count < backlog else { return (.busy, false) }
            }
            state.waiting.append(Question(host: host, family: family, pending: pending))
            guard state.threads < limit else { return (nil, false) }
            state.threads += 1
            return (nil, true)
        }
        guard needsThread else { return refusal }
        do throws(SystemError) {
            try BackgroundThread("resolver") { self.work() }.detach()
            return nil
        } catch {
            state.withLock { $0.threads -= 1 }
            return .failed(error.description)
        }
    }

    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.waiting.removeAll()
        }
    }

    /// A thread's life: it ends when nothing waits, so that an agent without names has no such threads.
    private func work() {
        while let question = next() {
            guard !question.pending.isSettled else { continue }
            question.pending.bring(lookup(question.host, question.family))
        }
    }

    private func next() -> Question? {
        state.withLock { state in
            guard !state.isStopped, !state.waiting.isEmpty else {
                state.threads -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
