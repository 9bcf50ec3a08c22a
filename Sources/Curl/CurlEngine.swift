internal import CCurl
import Captures
import Sockets
import Synchronization

/// Performs transfers: one multi handle of libcurl, driven by one thread of its own, for everybody in the program.
///
/// Thousands of transfers may be under way; connections that may be reused are, and the system's authorities are
/// loaded once. Every signal is blocked in its thread, so a broken pipe is an error and never ends the program. libcurl
/// and the thread begin with the first transfer: who performs none pays nothing.
package final class CurlEngine: Sendable {
    /// What works once there is something to perform.
    private struct Works: Sendable {
        var inbox: LoopInbox<CurlCommand>
        var thread: BackgroundThread
    }

    private enum State: Sendable {
        case idle
        case working(Works)
        case closed
    }

    private let state = Mutex(State.idle)
    private let lastNumber = Atomic<UInt64>(0)

    package init() {}

    deinit {
        close()
    }

    /// Performs one transfer; cancelling the task ends it at once. It fails when libcurl or the system has no memory or no
    /// thread left.
    package func perform(_ transfer: Transfer) async -> Result<TransferResult, TransferError> {
        let inbox: LoopInbox<CurlCommand>
        do throws(TransferError) {
            guard let works = try works() else { return .failure(.engineClosed) }
            inbox = works.inbox
        } catch {
            return .failure(error)
        }
        let number = lastNumber.add(1, ordering: .relaxed).newValue
        let pending = Pending<Result<TransferResult, TransferError>>()
        return await withTaskCancellationHandler {
            let start = CurlCommand.Start(
                number: number, transfer: transfer, capture: Capture.current, pending: pending)
            if !inbox.put(.start(start)) { pending.bring(.failure(.engineClosed)) }
            return await pending.value()
        } onCancel: {
            // May come before the start: then that finds it settled. The thread ends what it has begun.
            pending.bring(.failure(.taskCancelled))
            _ = inbox.put(.cancel(number))
        }
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
        guard let works, works.inbox.stop() else { return }
        if works.thread.isCurrent { works.thread.detach() } else { works.thread.join() }
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
        let handle = MultiHandle(multi)
        do throws(SystemError) {
            let waiting = try Waiting()
            let thread = try BackgroundThread("curl") {
                CurlLoop(handle.pointer, waiting).run()
                handle.free()
            }
            return Works(inbox: waiting.inbox, thread: thread)
        } catch {
            handle.free()
            throw TransferError(.noSocket, message: "libcurl gets no thread: \(error)", errno: error.code)
        }
    }

    private static let isReady = haidang_curl_start() == CURLE_OK
}
