internal import CCurl
internal import CLinux
import Glibc

/// Which sockets libcurl and conversations wait for, and when libcurl's timer runs out. Of the engine's thread alone.
///
/// Only what is ready is looked at again, where `curl_multi_perform` looks at every transfer at each turn.
final class SocketWatch {
    /// A socket with something to do, in libcurl's `CURL_CSELECT_…`.
    struct Ready {
        var descriptor: Int32
        var mask: Int32
    }

    let multi: UnsafeMutableRawPointer
    private let waiting: Waiting
    private var events = [epoll_event](repeating: epoll_event(), count: 64)
    private var timer: ContinuousClock.Instant?

    init(_ multi: UnsafeMutableRawPointer, _ waiting: Waiting) {
        self.multi = multi
        self.waiting = waiting
        let context = Unmanaged.passUnretained(self).toOpaque()
        haidang_curl_multi_heed(multi, heedSocket, heedTimer, context)
    }

    /// Nothing is told any more.
    func end() {
        haidang_curl_multi_heed(multi, nil, nil, nil)
    }

    /// `what` is a `CURL_POLL_…`; whether epoll knows of the socket from then on.
    @discardableResult
    func heed(_ descriptor: Int32, _ what: Int32, isKnown: Bool) -> Bool {
        guard what != CURL_POLL_REMOVE else {
            _ = waiting.change(EPOLL_CTL_DEL, descriptor, 0)
            return false
        }
        var wanted: UInt32 = 0
        if what & CURL_POLL_IN != 0 { wanted |= EPOLLIN.rawValue }
        if what & CURL_POLL_OUT != 0 { wanted |= EPOLLOUT.rawValue }
        return waiting.change(isKnown ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, wanted)
    }

    /// libcurl wants to be called after so long even if nothing comes; below zero: it does not.
    func heed(timer milliseconds: Int) {
        timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    }

    /// Whether libcurl's timer has run out; then it is off until libcurl sets it again.
    func takeTimer() -> Bool {
        guard let moment = timer, moment <= .now else { return false }
        timer = nil
        return true
    }

    /// Waits until something is ready, the timer has run out, or `latest` has come; where there are commands or jobs, it only
    /// looks.
    func wait(until latest: ContinuousClock.Instant?) -> [Ready] {
        let moment = timer.map { min($0, latest ?? $0) } ?? latest
        return waiting.wait(until: moment, into: &events).map { event in
            var mask: Int32 = 0
            if event.events & EPOLLIN.rawValue != 0 { mask |= CURL_CSELECT_IN }
            if event.events & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
            if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_ERR }
            return Ready(descriptor: event.data.fd, mask: mask)
        }
    }
}

// libcurl calls these on the engine's thread only, while the loop holds the watch that `context` points to.

private func watch(_ context: UnsafeMutableRawPointer?) -> SocketWatch? {
    context.map { Unmanaged<SocketWatch>.fromOpaque($0).takeUnretainedValue() }
}

/// `known` is what libcurl was given for the socket: the watch itself, once epoll has it.
func heedSocket(
    _ easy: UnsafeMutableRawPointer?, _ descriptor: curl_socket_t, _ what: Int32, _ context: UnsafeMutableRawPointer?,
    _ known: UnsafeMutableRawPointer?
) -> Int32 {
    guard let watch = watch(context) else { return 0 }
    if watch.heed(descriptor, what, isKnown: known != nil), known == nil {
        curl_multi_assign(watch.multi, descriptor, context)
    }
    return 0
}

func heedTimer(_ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?) -> Int32 {
    watch(context)?.heed(timer: milliseconds)
    return 0
}
