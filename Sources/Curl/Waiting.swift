internal import CLinux
import Glibc
import Sockets

/// What the engine's thread waits on: an epoll set, and in it the bell of its inbox.
final class Waiting: Sendable {
    let inbox: LoopInbox<CurlCommand>
    private let epoll: Descriptor

    init() throws(SystemError) {
        let opened = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard opened >= 0 else { throw SystemError.last("epoll_create1") }
        epoll = Descriptor(adopting: opened)
        inbox = try LoopInbox()
        guard change(EPOLL_CTL_ADD, inbox.number, EPOLLIN.rawValue) else { throw SystemError.last("epoll_ctl") }
    }

    func change(_ operation: Int32, _ descriptor: Int32, _ wanted: UInt32) -> Bool {
        var event = epoll_event()
        event.events = wanted
        event.data.fd = descriptor
        return epoll_ctl(epoll.number, operation, descriptor, &event) == 0
    }

    /// Waits until something is ready, `moment` has come, or the bell rings; where there is something to do already, it
    /// only looks. What is ready, without the bell.
    func wait(until moment: ContinuousClock.Instant?, into events: inout [epoll_event]) -> [epoll_event] {
        let timeout = inbox.sleep() ? EpollTimeout.milliseconds(until: moment) : 0
        let count = epoll_wait(epoll.number, &events, Int32(events.count), timeout)
        var ready = Array(events.prefix(max(0, Int(count))))
        let bell = ready.firstIndex { $0.data.fd == inbox.number }
        inbox.awake(ringing: bell != nil)
        if let bell { ready.remove(at: bell) }
        return ready
    }
}
