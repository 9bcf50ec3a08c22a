package import Glibc

/// An open file descriptor with one owner, closed when that owner lets go of it.
package struct Descriptor: ~Copyable, Sendable {
    package let number: Int32

    /// Takes over a descriptor that nobody else will close.
    package init(adopting number: Int32) {
        self.number = number
    }

    /// A new socket, non-blocking and not inherited by child processes.
    package init(
        socket family: Int32, type: __socket_type, protocol number: Int32 = 0
    ) throws(SystemError) {
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let opened = Glibc.socket(family, Int32(type.rawValue) | flags, number)
        guard opened >= 0 else { throw SystemError.last("socket") }
        self.number = opened
    }

    deinit {
        _ = Glibc.close(number)
    }

    /// Gives the descriptor away: whoever receives the number closes it.
    package consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }

    /// Sets an integer option of the socket; false when the system refuses it.
    @discardableResult
    package borrowing func set(_ level: Int32, _ option: Int32, to value: Int32) -> Bool {
        var value = value
        return setsockopt(number, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
    }

    /// The address that the socket is bound to.
    package borrowing func localAddress() throws(SystemError) -> SocketAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &length) }
        }
        guard result == 0 else { throw SystemError.last("getsockname") }
        guard let address = SocketAddress(storage, length: length) else {
            throw SystemError("getsockname", code: EAFNOSUPPORT)
        }
        return address
    }
}
