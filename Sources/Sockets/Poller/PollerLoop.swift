import CLinux
import Glibc
import Synchronization

/// The thread's side of a poller: who waits for what, under one lock, and the loop that wakes them.
final class PollerLoop: Sendable {
    typealias Token = UInt64
    typealias Body = @Sendable (Poller.Wake) -> Void

    struct Subject: Sendable {
        var descriptor: Int32
        var interest: Poller.Interest
    }

    private struct Watch: Sendable {
        var subject: Subject?
        var body: Body
    }

    /// What epoll knows of one descriptor.
    private struct Registration: Sendable {
        /// Tells this registration from an earlier one of the same number, whose events may still be on their way.
        var generation: UInt32
        var tokens: [Token]
    }

    private struct State: Sendable {
        var watches: [Token: Watch] = [:]
        var registrations: [Int32: Registration] = [:]
        var deadlines = DeadlineHeap<Token>()
        var nextToken: Token = 1
        var nextGeneration: UInt32 = 0
        var isStopped = false
    }

    private static let bellData = UInt64.max
    private let epoll: Descriptor
    /// Only jobs come this way: what is to be watched stands in `state`.
    let inbox: LoopInbox<Never>
    private let state = Mutex(State())

    init() throws(SystemError) {
        let opened = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard opened >= 0 else { throw SystemError.last("epoll_create1") }
        epoll = Descriptor(adopting: opened)
        inbox = try LoopInbox()
        guard control(EPOLL_CTL_ADD, inbox.number, EPOLLIN.rawValue, data: Self.bellData) == 0 else {
            throw SystemError.last("epoll_ctl")
        }
    }

    /// Nil when `body` has been called already.
    func add(_ subject: Subject?, until deadline: ContinuousClock.Instant, _ body: @escaping Body) -> Token? {
        let (token, refusal, mustRing) = state.withLock { state -> (Token?, Poller.Wake?, Bool) in
            guard !state.isStopped else { return (nil, .closed, false) }
            let token = state.nextToken
            state.nextToken += 1
            if let subject {
                state.watches[token] = Watch(subject: subject, body: body)
                var registration = state.registrations[subject.descriptor]
                if registration == nil {
                    state.nextGeneration &+= 1
                    registration = Registration(generation: state.nextGeneration, tokens: [])
                }
                let isNew = state.registrations[subject.descriptor] == nil
                registration?.tokens.append(token)
                state.registrations[subject.descriptor] = registration
                if let error = update(subject.descriptor, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, &state) {
                    forget(token, &state)
                    return (nil, .refused(error), false)
                }
            } else {
                state.watches[token] = Watch(subject: nil, body: body)
            }
            let earliest = state.deadlines.earliest
            state.deadlines.set(token, at: deadline)
            return (token, nil, earliest.map { deadline < $0 } ?? true)
        }
        if let refusal { body(refusal) }
        if mustRing { inbox.ring() }
        return token
    }

    func cancel(_ token: Token) {
        let body = state.withLock { forget(token, &$0) }
        body?(.cancelled)
    }

    /// False when it was stopped before.
    func stop() -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        return isFirst && inbox.stop()
    }

    func run() {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        var commands: [Never] = []
        var jobs: [UnownedJob] = []
        while inbox.take(&commands, &jobs) {
            // First: who adds an earlier deadline from here on rings.
            let mayWait = inbox.sleep()
            let earliest = state.withLock { $0.deadlines.earliest }
            let timeout = mayWait ? EpollTimeout.milliseconds(until: earliest) : 0
            let count = epoll_wait(epoll.number, &events, Int32(events.count), timeout)
            let came = events.prefix(max(0, Int(count)))
            inbox.awake(ringing: came.contains { $0.data.u64 == Self.bellData })
            var woken: [(Body, Poller.Wake)] = []
            state.withLock { state in
                for event in came {
                    wake(event, &state, &woken)
                }
                let now = ContinuousClock.now
                while let token = state.deadlines.popDue(at: now) {
                    if let body = forget(token, &state) { woken.append((body, .expired)) }
                }
            }
            for (body, wake) in woken { body(wake) }
        }
        let left = state.withLock { state in
            state.watches.keys.sorted().compactMap { forget($0, &state) }
        }
        for body in left { body(.closed) }
    }

    private func wake(_ event: epoll_event, _ state: inout State, _ woken: inout [(Body, Poller.Wake)]) {
        guard event.data.u64 != Self.bellData else { return }
        let descriptor = Int32(truncatingIfNeeded: event.data.u64)
        let generation = UInt32(truncatingIfNeeded: event.data.u64 >> 32)
        guard let registration = state.registrations[descriptor], registration.generation == generation else { return }
        let isBroken = event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
        for token in registration.tokens {
            guard let interest = state.watches[token]?.subject?.interest else { continue }
            guard isBroken || event.events & Self.events(of: interest) != 0 else { continue }
            if let body = forget(token, &state) { woken.append((body, .ready)) }
        }
    }

    /// Drops a watch wherever it is noted; its body when it was there.
    @discardableResult
    private func forget(_ token: Token, _ state: inout State) -> Body? {
        guard let watch = state.watches.removeValue(forKey: token) else { return nil }
        state.deadlines.remove(token)
        guard let descriptor = watch.subject?.descriptor, var registration = state.registrations[descriptor] else {
            return watch.body
        }
        registration.tokens.removeAll { $0 == token }
        if registration.tokens.isEmpty {
            state.registrations[descriptor] = nil
            _ = control(EPOLL_CTL_DEL, descriptor, 0, data: 0)
        } else {
            state.registrations[descriptor] = registration
            _ = update(descriptor, EPOLL_CTL_MOD, &state)
        }
        return watch.body
    }

    /// Tells epoll what the watches of a descriptor wait for together.
    private func update(_ descriptor: Int32, _ operation: Int32, _ state: inout State) -> SystemError? {
        guard let registration = state.registrations[descriptor] else { return nil }
        let wanted = registration.tokens.reduce(UInt32(0)) { sum, token in
            sum | (state.watches[token]?.subject.map { Self.events(of: $0.interest) } ?? 0)
        }
        let data = UInt64(UInt32(bitPattern: descriptor)) | UInt64(registration.generation) << 32
        return control(operation, descriptor, wanted, data: data) == 0 ? nil : SystemError.last("epoll_ctl")
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ events: UInt32, data: UInt64) -> Int32 {
        var event = epoll_event()
        event.events = events
        event.data.u64 = data
        return epoll_ctl(epoll.number, operation, descriptor, &event)
    }

    private static func events(of interest: Poller.Interest) -> UInt32 {
        switch interest {
        case .readable: EPOLLIN.rawValue | EPOLLRDHUP.rawValue
        case .writable: EPOLLOUT.rawValue
        }
    }
}
