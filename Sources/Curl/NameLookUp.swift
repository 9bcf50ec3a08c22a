internal import CCurl
import Glibc
import Synchronization

/// What the system's resolver says of a name: libcurl does not tell "no such name" from "no resolver".
package enum NameLookUp: Hashable, Sendable {
    case found
    case noSuchName
    /// The resolver could not be asked or did not answer; in its words.
    case failed(String)

    /// From a result of `getaddrinfo`, and `errno` when that is EAI_SYSTEM.
    package init(code: Int32, errno: Int32) {
        switch code {
        case 0: self = .found
        case EAI_NONAME, Self.noData, Self.noSuchFamily: self = .noSuchName
        case EAI_SYSTEM: self = .failed(String(cString: strerror(errno)))
        default: self = .failed(String(cString: gai_strerror(code)))
        }
    }

    // <netdb.h> has these two for GNU programs only: a name without addresses, or without those of the family.
    private static let noData: Int32 = -5
    private static let noSuchFamily: Int32 = -9

    private static let noAnswer = NameLookUp.failed("no answer in time")

    /// Asks in a thread of its own, because glibc's resolver blocks; gives up at the deadline, the thread ends later.
    package static func ask(_ host: String, until deadline: ContinuousClock.Instant) async -> NameLookUp {
        await withTaskGroup(of: NameLookUp.self) { group in
            let answer = LateAnswer()
            group.addTask {
                await withTaskCancellationHandler {
                    await withCheckedContinuation { answer.await($0, asking: host) }
                } onCancel: {
                    answer.give(noAnswer)
                }
            }
            group.addTask {
                do {
                    try await Task.sleep(until: deadline, clock: .continuous)
                } catch {
                    // Cancelled: somebody else has the answer.
                }
                return noAnswer
            }
            let first = await group.next() ?? noAnswer
            group.cancelAll()
            return first
        }
    }
}

/// One waiting task that gets the first of several answers.
private final class LateAnswer: Sendable {
    private struct State {
        var waiting: CheckedContinuation<NameLookUp, Never>?
        var early: NameLookUp?
    }

    private let state = Mutex(State())

    func give(_ answer: NameLookUp) {
        let waiting: CheckedContinuation<NameLookUp, Never>? = state.withLock { state in
            state.early = state.early ?? answer
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: answer)
    }

    func await(_ waiting: CheckedContinuation<NameLookUp, Never>, asking host: String) {
        let early: NameLookUp? = state.withLock { state in
            if state.early == nil { state.waiting = waiting }
            return state.early
        }
        if let early {
            waiting.resume(returning: early)
            return
        }
        let question = Unmanaged.passRetained(Question(host: host, answer: self))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, resolve, question.toOpaque())
        guard code == 0 else {
            question.release()
            give(.failed(String(cString: strerror(code))))
            return
        }
        pthread_detach(thread)
    }
}

private final class Question: Sendable {
    let host: String
    let answer: LateAnswer

    init(host: String, answer: LateAnswer) {
        self.host = host
        self.answer = answer
    }
}

private func resolve(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let question = Unmanaged<Question>.fromOpaque(context).takeRetainedValue()
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(question.host, nil, &hints, &found)
    let system = errno
    if let found { freeaddrinfo(found) }
    question.answer.give(NameLookUp(code: code, errno: system))
    return nil
}
