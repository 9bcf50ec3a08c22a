internal import CCurl
import Sockets

/// The engine's thread: takes commands, lets libcurl work, hands out results. Nothing of it leaves that thread.
final class CurlLoop {
    private let waiting: Waiting
    private let multi: UnsafeMutableRawPointer
    /// By libcurl's easy handle.
    private var runs: [UnsafeMutableRawPointer: TransferRun] = [:]
    /// Those whose connection stands and that talk over it.
    private var talks: [UnsafeMutableRawPointer: Talk] = [:]
    private var talking: Set<curl_socket_t> = []
    private var pool = EasyPool()
    private let watch: SocketWatch
    private var underWay: Int32 = 0

    init(_ multi: UnsafeMutableRawPointer, _ waiting: Waiting) {
        self.waiting = waiting
        self.multi = multi
        watch = SocketWatch(multi, waiting)
    }

    func run() {
        var commands: [CurlCommand] = []
        var jobs: [UnownedJob] = []
        while waiting.inbox.take(&commands, &jobs) {
            for command in commands { take(command) }
            wait()
            collect()
            talk()
        }
        for case .start(let start) in commands { start.pending.bring(.failure(.engineClosed)) }
        for run in runs.values { end(run, with: .failure(.engineClosed)) }
        watch.end()
    }

    private func take(_ command: CurlCommand) {
        switch command {
        case .start(let start):
            // Cancelled before it began.
            if !start.pending.isSettled { begin(start) }
        case .cancel(let number):
            guard let run = runs.values.first(where: { $0.number == number }) else { return }
            end(run, with: .failure(.taskCancelled))
        }
    }

    private func wait() {
        for ready in watch.wait(until: talks.values.map(\.nextMoment).min()) {
            // A conversation's own: it is asked at each turn.
            guard !talking.contains(ready.descriptor) else { continue }
            curl_multi_socket_action(multi, ready.descriptor, ready.mask, &underWay)
        }
        if watch.takeTimer() { curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &underWay) }
    }

    private func begin(_ start: CurlCommand.Start) {
        let run: TransferRun
        do throws(TransferError) {
            guard let handle = pool.take(for: start.transfer) else {
                throw TransferError(.other, message: "no memory for libcurl")
            }
            run = try TransferRun(start, handle)
        } catch {
            start.pending.bring(.failure(error))
            return
        }
        let code = curl_multi_add_handle(multi, run.easy)
        guard code == CURLM_OK else {
            run.finish(.failure(TransferError(.other, message: String(cString: curl_multi_strerror(code)))))
            return
        }
        runs[run.easy] = run
    }

    private func collect() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle, let run = runs[easy]
            else { continue }
            // The message dies with the handle's removal: read it first.
            let code = haidang_curl_message_result(message)
            if code == CURLE_OK, let conversation = run.transfer.conversation {
                if let talk = Talk(easy, conversation, capture: run.capture, until: run.deadline) {
                    talks[easy] = talk
                    talking.insert(talk.descriptor)
                } else {
                    end(run, with: .failure(run.failure(.lost, "the connection is gone")))
                }
            } else {
                end(run, with: run.result(code))
            }
        }
    }

    private func talk() {
        guard !talks.isEmpty else { return }
        let now = ContinuousClock.now
        for (easy, talk) in talks {
            guard let run = runs[easy] else { continue }
            switch talk.go(at: now) {
            case .waiting:
                guard talk.watched != talk.events else { break }
                watch.heed(talk.descriptor, talk.events, isKnown: talk.watched != nil)
                talk.watched = talk.events
            case .ended: end(run, with: run.result(CURLE_OK))
            case .failed(let kind, let words): end(run, with: .failure(run.failure(kind, words)))
            }
        }
    }

    private func end(_ run: TransferRun, with result: Result<TransferResult, TransferError>) {
        if let talk = talks.removeValue(forKey: run.easy) {
            talking.remove(talk.descriptor)
            if talk.watched != nil { watch.heed(talk.descriptor, CURL_POLL_REMOVE, isKnown: true) }
        }
        curl_multi_remove_handle(multi, run.easy)
        runs[run.easy] = nil
        if case .success = result { pool.take(back: run.handle, of: run.transfer) }
        run.finish(result)
    }
}
