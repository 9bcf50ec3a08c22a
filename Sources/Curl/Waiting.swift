internal import CLinux
import Glibc

/// The descriptors that the engine's thread waits on: an epoll set, and in it a bell that any thread may ring.
struct Waiting: Sendable {
    let epoll: Int32
    let bell: Int32

    init() throws(TransferError) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard epoll >= 0, bell >= 0, change(EPOLL_CTL_ADD, bell, EPOLLIN.rawValue) else {
            let code = errno
            close()
            throw TransferError(.noSocket, message: "no descriptors for libcurl", errno: code)
        }
    }

    func close() {
        for descriptor in [epoll, bell] where descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// A write that fails finds the counter full: it is ringing already.
    func ring() {
        var one: UInt64 = 1
        _ = write(bell, &one, MemoryLayout<UInt64>.size)
    }

    func hush() {
        var count: UInt64 = 0
        _ = read(bell, &count, MemoryLayout<UInt64>.size)
    }

    func change(_ operation: Int32, _ descriptor: Int32, _ wanted: UInt32) -> Bool {
        var event = epoll_event()
        event.events = wanted
        event.data.fd = descriptor
        return epoll_ctl(epoll, operation, descriptor, &event) == 0
    }
}
