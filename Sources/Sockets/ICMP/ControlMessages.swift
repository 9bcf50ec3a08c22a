import Glibc

/// What the kernel told beside a datagram: when it came, and which error it is (cmsg(3), ip(7), ipv6(7)).
package struct ControlMessages: Hashable, Sendable {
    /// An entry of the error queue.
    package struct QueuedError: Hashable, Sendable {
        /// False for an error of this machine, e.g. a packet larger than its interface takes.
        package var isFromNetwork: Bool
        package var type: UInt8
        package var code: UInt8
        /// Who sent the ICMP error.
        package var reporter: SocketAddress?
    }

    /// Since 1970 on the wall clock, by SO_TIMESTAMPNS.
    package var arrival: Duration?
    package var error: QueuedError?

    /// Walks the control buffer as the kernel of a 64-bit machine fills it: length (8 bytes), level (4), type (4), data,
    /// each message aligned to 8. Stops at the first one that does not fit.
    package init(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset + 16 <= bytes.count {
                let length = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                guard length >= 16, length <= UInt64(bytes.count - offset) else { return }
                let level = bytes.loadUnaligned(fromByteOffset: offset + 8, as: Int32.self)
                let type = bytes.loadUnaligned(fromByteOffset: offset + 12, as: Int32.self)
                take(level, type, UnsafeRawBufferPointer(rebasing: bytes[(offset + 16)..<(offset + Int(length))]))
                offset += (Int(length) + 7) & ~7
            }
        }
    }

    private mutating func take(_ level: Int32, _ type: Int32, _ data: UnsafeRawBufferPointer) {
        switch (level, type) {
        case (SOL_SOCKET, 35) where data.count >= 16:  // SCM_TIMESTAMPNS: struct timespec
            let seconds = data.loadUnaligned(as: Int64.self)
            let nanoseconds = data.loadUnaligned(fromByteOffset: 8, as: Int64.self)
            arrival = .seconds(seconds) + .nanoseconds(nanoseconds)
        case (0, 11) where data.count >= 16, (41, 25) where data.count >= 16:
            // struct sock_extended_err: errno (4), origin (1: 1 local, 2 ICMP, 3 ICMPv6), type (1), code (1); then the
            // address of whoever sent it.
            var storage = sockaddr_storage()
            let offender = data.dropFirst(16).prefix(MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutableBytes(of: &storage) { $0.copyBytes(from: offender) }
            error = QueuedError(
                isFromNetwork: data[4] == 2 || data[4] == 3, type: data[5], code: data[6],
                reporter: SocketAddress(storage, length: socklen_t(offender.count)))
        default:
            break
        }
    }
}
