internal import CCurl
internal import CLinux
import Glibc
import Synchronization

/// Performs transfers: one multi handle of libcurl, driven by one thread of its own, for everybody in the program.
///
/// Thousands of transfers may be under way; connections that may be reused are, and the system's authorities are
/// loaded once. Every signal is blocked in its thread, so a broken pipe is an error and never ends the program.
package final class CurlEngine: Sendable {
    private let inbox: CurlInbox
    private let thread: pthread_t

    /// Fails when libcurl or the system has no memory or no thread left.
    package init() throws(TransferError) {
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
        self.inbox = inbox
        self.thread = thread
    }

    deinit {
        close()
    }

    /// Performs one transfer; cancelling the task ends it at once.
    package func perform(_ transfer: Transfer) async -> Result<TransferResult, TransferError> {
        let number = inbox.number()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                inbox.start(CurlInbox.Start(number: number, transfer: transfer, continuation: continuation))
            }
        } onCancel: {
            inbox.cancel(number)
        }
        inbox.forget(number)
        return result
    }

    /// Ends every transfer with `closed`, waits for the thread and frees libcurl's memory; a second call does nothing.
    package func close() {
        guard inbox.close() else { return }
        pthread_join(thread, nil)
        inbox.free()
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
