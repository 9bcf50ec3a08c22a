import Captures
import Glibc
import Synchronization

/// Asks any number of destinations at a time by UDP, through one socket per family and one thread.
///
/// It knows no protocol: the reader given to it finds in a received datagram what the exchange was keyed by. An answer
/// counts only when it comes from the very address and port that was asked; times are the kernel's. Sockets and thread
/// begin with the first question: who never asks pays nothing.
package final class UDPEngine: Sendable {
    /// What works once there is something to ask.
    private struct Works: Sendable {
        var sockets: [AddressFamily: UDPSocket]
        var loop: UDPLoop
        var thread: BackgroundThread
    }

    private enum State: Sendable {
        case idle
        case working(Works)
        case closed
    }

    private let name: String
    private let reader: @Sendable ([UInt8]) -> UDPMark?
    private let state = Mutex(State.idle)

    /// `name`: what `top -H` shows for the thread, at most 15 bytes. `reader`: the key of the exchange that a datagram
    /// answers, nil for rubbish; it is called on the engine's thread and must be quick.
    ///
    /// What the system refuses, a family or all of it, is no error here: those exchanges end with `cannotSend`.
    package init(_ name: String, reader: @escaping @Sendable ([UInt8]) -> UDPMark?) {
        self.name = name
        self.reader = reader
    }

    deinit {
        close()
    }

    /// Sends the payload, again when the exchange says so, and returns with the answer, with an error that ended it, at
    /// the deadline, or with what there is when the task is cancelled.
    package func exchange(_ exchange: UDPExchange) async -> UDPResult {
        await converse(exchange, following: nil)
    }

    /// Asks, and goes on with what `next` makes of each result, until that is nothing; returns with the last result. When
    /// the task is cancelled `next` is not asked any more.
    ///
    /// `next` runs on the engine's thread, where all other exchanges wait for it: microseconds. What a chain of many
    /// questions costs is mostly the way from thread to thread, which this saves.
    package func converse(
        _ first: UDPExchange, next: @escaping @Sendable (UDPResult) -> UDPExchange?
    ) async -> UDPResult {
        await converse(first, following: next)
    }

    /// Notes what goes back and forth where somebody wants to know.
    private func converse(_ first: UDPExchange, following next: UDPTicket.Next?) async -> UDPResult {
        guard let capture = Capture.current else { return await ask(first, following: next) }
        capture.noteSending(of: first)
        return await ask(first) { result in
            capture.noteResult(result)
            guard let exchange = next?(result) else { return nil }
            capture.noteSending(of: exchange)
            return exchange
        }
    }

    private func ask(_ first: UDPExchange, following next: UDPTicket.Next?) async -> UDPResult {
        let loop: UDPLoop
        do throws(SystemError) {
            guard let works = try works() else { return UDPResult(.cancelled) }
            loop = works.loop
        } catch {
            return UDPResult(.cannotSend(error))
        }
        let ticket = UDPTicket(next: next)
        loop.start(first, ticket)
        return await withTaskCancellationHandler {
            await ticket.pending.value()
        } onCancel: {
            loop.cancel(ticket)
        }
    }

    /// Nil once the engine was closed.
    private func works() throws(SystemError) -> Works? {
        try state.withLock { state throws(SystemError) in
            switch state {
            case .working(let works): return works
            case .closed: return nil
            case .idle:
                let works = try begin()
                state = .working(works)
                return works
            }
        }
    }

    private func begin() throws(SystemError) -> Works {
        var sockets: [AddressFamily: UDPSocket] = [:]
        var refusals: [AddressFamily: SystemError] = [:]
        for family in AddressFamily.allCases {
            do throws(SystemError) {
                sockets[family] = try UDPSocket(family)
            } catch {
                refusals[family] = error
            }
        }
        let loop = try UDPLoop(sockets: sockets, refusals: refusals, reader: reader)
        return Works(sockets: sockets, loop: loop, thread: try BackgroundThread(name) { loop.run() })
    }

    /// Datagrams that the reader did not know or that nobody had asked for, since the engine began.
    package var unclaimed: Int {
        state.withLock { state in
            if case .working(let works) = state { works.loop.unclaimed } else { 0 }
        }
    }

    /// The address that datagrams to `destination` leave from, with the engine's port: what SIP writes into Via and
    /// Contact. An error when there is no route.
    package func localAddress(towards destination: SocketAddress) throws(SystemError) -> SocketAddress {
        guard let socket = try works()?.sockets[destination.family] else {
            throw SystemError("socket", code: EAFNOSUPPORT)
        }
        // Connecting a UDP socket sends nothing; it makes the kernel choose route and source.
        let trial = try Descriptor(socket: destination.family.systemNumber, type: SOCK_DGRAM)
        let result = destination.withSystemAddress { connect(trial.number, $0, $1) }
        guard result == 0 else { throw SystemError.last("connect") }
        var address = try trial.localAddress()
        address.port = socket.local.port
        return address
    }

    /// Where a task that asks is best run: nothing of it goes from thread to thread. It must not block there, nor work
    /// longer than microseconds at a time. Nil when the engine is closed or the system refuses it a thread.
    package var executor: (any TaskExecutor)? {
        do throws(SystemError) {
            return try works()?.loop.inbox
        } catch {
            // The exchange itself says why.
            return nil
        }
    }

    /// Ends all exchanges, and the thread; harmless the second time.
    package func close() {
        let works = state.withLock { state -> Works? in
            defer { state = .closed }
            if case .working(let works) = state { return works }
            return nil
        }
        guard let works, works.loop.inbox.stop() else { return }
        if works.thread.isCurrent { works.thread.detach() } else { works.thread.join() }
    }
}

extension SystemError {
    /// Two exchanges with one destination bear the same key.
    static let keyInUse = SystemError("exchange", code: EALREADY)
}

extension Capture {
    fileprivate func noteSending(of exchange: UDPExchange) {
        note(.sent, exchange.payload, peer: "\(exchange.destination)", medium: "UDP", at: .now)
    }

    fileprivate func noteResult(_ result: UDPResult) {
        if result.sends > 1 { note("sent \(result.sends) times", at: .now) }
        switch result.ending {
        case .answered(let answer):
            note(.received, answer.bytes, peer: "\(answer.source)", medium: "UDP", at: .now)
        case .refused(let fault): note("\(fault)", at: .now)
        case .timedOut: note("nothing before the deadline", at: .now)
        case .cannotSend(let error): note("\(error)", at: .now)
        case .cancelled: break
        }
    }
}
