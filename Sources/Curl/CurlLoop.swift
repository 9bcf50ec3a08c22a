internal import CCurl

/// The engine's thread: takes orders, lets libcurl work, hands out results. Nothing of it leaves that thread.
final class CurlLoop {
    private let inbox: CurlInbox
    private let multi: UnsafeMutableRawPointer
    /// By libcurl's easy handle.
    private var runs: [UnsafeMutableRawPointer: TransferRun] = [:]
    /// Those whose connection stands and that talk over it.
    private var talks: [UnsafeMutableRawPointer: Talk] = [:]
    private var pool = EasyPool()

    init(_ inbox: CurlInbox) {
        self.inbox = inbox
        multi = inbox.multi.pointer
    }

    func run() {
        while true {
            let orders = inbox.take()
            for start in orders.starts { begin(start) }
            if orders.isClosing { break }
            if !orders.cancelled.isEmpty {
                for run in runs.values where orders.cancelled.contains(run.number) {
                    end(run, with: .failure(.taskCancelled))
                }
            }
            var underWay: Int32 = 0
            curl_multi_perform(multi, &underWay)
            collect()
            talk()
            if inbox.beginWait() { wait() }
        }
        for run in runs.values { end(run, with: .failure(.engineClosed)) }
    }

    /// libcurl shortens the wait to its next timer; a wake-up that came before it ends it at once.
    private func wait() {
        guard !talks.isEmpty else {
            curl_multi_poll(multi, nil, 0, 60_000, nil)
            return
        }
        var waiting: [curl_waitfd] = []
        var moment = ContinuousClock.now + .seconds(60)
        for talk in talks.values {
            waiting.append(curl_waitfd(fd: talk.descriptor, events: talk.events, revents: 0))
            moment = min(moment, talk.nextMoment)
        }
        let left = max(.zero, ContinuousClock.now.duration(to: moment)) / .milliseconds(1)
        curl_multi_poll(multi, &waiting, UInt32(waiting.count), Int32(left.rounded(.up)), nil)
    }

    private func begin(_ start: CurlInbox.Start) {
        let run: TransferRun
        do throws(TransferError) {
            guard let handle = pool.take(for: start.transfer) else {
                throw TransferError(.other, message: "no memory for libcurl")
            }
            run = try TransferRun(start, handle)
        } catch {
            start.continuation.resume(returning: .failure(error))
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
                if let talk = Talk(easy, conversation, until: run.deadline) {
                    talks[easy] = talk
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
            case .waiting: break
            case .ended: end(run, with: run.result(CURLE_OK))
            case .failed(let kind, let words): end(run, with: .failure(run.failure(kind, words)))
            }
        }
    }

    private func end(_ run: TransferRun, with result: Result<TransferResult, TransferError>) {
        talks[run.easy] = nil
        curl_multi_remove_handle(multi, run.easy)
        runs[run.easy] = nil
        if case .success = result { pool.take(back: run.handle, of: run.transfer) }
        run.finish(result)
    }
}
