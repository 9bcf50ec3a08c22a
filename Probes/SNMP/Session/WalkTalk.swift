import SNMP
import Sockets
import Synchronization

/// A walk under way on the engine's thread: each answer becomes the next question there.
final class WalkTalk: Sendable {
    /// All of it as a value.
    struct State: Sendable {
        var session: SNMPSession
        var walk: Walk
        let deadline: ContinuousClock.Instant
        /// As they came, message by message.
        var parts: [VarBindList] = []
        var failure: SNMPSession.Failure?
        /// Whether the last result is taken.
        var isOver = false

        /// The next question; nil when there is none, or when the device's engine must be learnt first.
        mutating func question() -> UDPExchange? {
            isOver = true
            guard failure == nil, session.isReady, let request = walk.request else { return nil }
            let places = VarBindList(asking: request.places.isEmpty ? [request.after] : request.places)
            let pdu =
                if let repetitions = request.repetitions {
                    PDU(.getBulk, requestID: 0, errorIndex: repetitions, varBinds: places)
                } else {
                    PDU(.getNext, requestID: 0, varBinds: places)
                }
            do throws(SNMPSession.Failure) {
                let exchange = try session.exchange(pdu, until: deadline)
                isOver = false
                return exchange
            } catch {
                failure = error
                return nil
            }
        }

        mutating func take(_ result: UDPResult) {
            do throws(SNMPSession.Failure) {
                guard case .answer(let answer) = try session.understand(result) else { return }
                if answer.errorStatus == 0 {
                    parts.append(walk.take(answer.varBinds))
                } else {
                    walk.take(error: answer.errorStatus)
                }
            } catch {
                guard case .silence = error else {
                    failure = error
                    return
                }
                session.askedAgain()
                // Answers that are only late want more patience, not fewer variables.
                walk.timedOut()
            }
        }
    }

    private let mutex: Mutex<State>

    init(_ state: State) {
        mutex = Mutex(state)
    }

    var state: State { mutex.withLock { $0 } }

    var taken: (SNMPSession, SNMPSession.Failure?) { mutex.withLock { ($0.session, $0.failure) } }

    /// The first question, or the one after the engine was learnt.
    func begin() -> UDPExchange? {
        mutex.withLock { $0.question() }
    }

    func next(_ result: UDPResult) -> UDPExchange? {
        mutex.withLock { state in
            state.take(result)
            return state.question()
        }
    }

    /// The conversation's last result, which `next` has seen unless it was broken off.
    func end(_ result: UDPResult) {
        mutex.withLock { state in
            guard !state.isOver else { return }
            state.isOver = true
            state.take(result)
        }
    }

    func resume(_ session: SNMPSession) {
        mutex.withLock { $0.session = session }
    }
}
