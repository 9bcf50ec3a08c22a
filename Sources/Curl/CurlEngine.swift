internal import CCurl
internal import CLinux
import Captures
import Glibc
import Synchronization

/// Performs transfers: one multi handle of libcurl, driven by one thread of its own, for everybody in the program.
///
/// Thousands of transfers may be under way; connections that may be reused are, and the system's authorities are
/// loaded once. Every signal is blocked in its thread, so a broken pipe is an error and never ends the program. libcurl
/// and the thread begin with the first transfer: who performs none pays nothing.
package final class CurlEngine: Sendable {
    /// What works once there is something to perform.
    private struct Works: Sendable {
        var inbox: CurlInbox
        var thread: pthread_t
    }

    private enum State: Sendable {
        case idle
        case working(Works)
        case closed
    }

    private let state = Mutex(State.idle)

    package init() {}

    deinit {
        close()
    }

    /// Performs one transfer; cancelling the task ends it at once. It fails when libcurl or the system has no memory or no
    /// thread left.
    package func perform(_ transfer: Transfer) async -> Result<TransferResult, TransferError> {
        let inbox: CurlInbox
        do throws(TransferError) {
            guard let works = try works() else { return .failure(.engineClosed) }
            inbox = works.inbox
        } catch {
            return .failure(error)
        }
        let (number, capture) = (inbox.number(), Capture.current)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                inbox.start(
                    CurlInbox.Start(number: number, transfer: transfer, capture: capture, continuation: continuation))
            }
        } onCancel: {
            inbox.cancel(number)
        }
        inbox.forget(number)
        return result
    }

    /// Where a task that asks is best run: nothing of it goes from thread to thread. It must not block there, nor work
    /// longer than microseconds at a time. Nil when the engine is closed or cannot begin.
    package var executor: (any TaskExecutor)? {
        do throws(TransferError) {
            return try works()?.inbox
        } catch {
            // The transfer itself says why.
            return nil
        }
    }

    /// Ends every transfer with `closed`, waits for the thread and frees libcurl's memory; a second call does nothing.
    package func close() {
        let works = state.withLock { state -> Works? in
            defer { state = .closed }
            if case .working(let works) = state { return works }
            return nil
        }
        guard let works, works.inbox.close() else { return }
        pthread_join(works.thread, nil)
        works.inbox.free()
    }

    /// Nil once the engine was closed.
    private func works() throws(TransferError) -> Works? {
        try state.withLock { state throws(TransferError) in
            switch state {
            case .working(let works): return works
            case .closed: return nil
            case .idle:
                let works = try Self.begin()
                state = .working(works)
                return works
            }
        }
    }

    private static func begin() throws(TransferError) -> Works {
        guard Self.isReady, let multi = curl_multi_init() else {
            throw TransferError(.other, message: "libcurl could not start")
        }
        haidang_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 32)
        let waiting: Waiting
        do throws(TransferError) {
            waiting = try Waiting()
        } catch {
            curl_multi_cleanup(multi)
            throw error
        }
        let inbox = CurlInbox(MultiHandle(multi), waiting)
        var thread = pthread_t()
        let held = Unmanaged.passRetained(inbox)
        let code = pthread_create(&thread, nil, runLoop, held.toOpaque())
        guard code == 0 else {
            held.release()
            inbox.free()
            throw TransferError(.noSocket, message: "no thread for libcurl", errno: code)
        }
        return Works(inbox: inbox, thread: thread)
    }

    private static let isReady = haidang_curl_start() == CURLE_OK
}

private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let inbox = Unmanaged<CurlInbox>.fromOpaque(context).takeRetainedValue()
    var signals = sigset_t()
    sigfillset(&signals)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    CurlLoop(inbox).run()
    return nil
}
