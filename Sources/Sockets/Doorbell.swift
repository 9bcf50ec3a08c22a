import CLinux
import Glibc

/// Wakes a thread that waits in `epoll_wait` or `poll`: ringing makes its descriptor readable until it is hushed.
struct Doorbell: ~Copyable, Sendable {
    private let descriptor: Descriptor

    init() throws(SystemError) {
        let opened = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard opened >= 0 else { throw SystemError.last("eventfd") }
        descriptor = Descriptor(adopting: opened)
    }

    var number: Int32 { descriptor.number }

    /// A write that fails finds the counter full: it is ringing already.
    borrowing func ring() {
        var one: UInt64 = 1
        _ = write(descriptor.number, &one, MemoryLayout<UInt64>.size)
    }

    borrowing func hush() {
        var count: UInt64 = 0
        _ = read(descriptor.number, &count, MemoryLayout<UInt64>.size)
    }
}
