import Glibc

/// What the kernel told beside a datagram: when it came, how it was marked, and which error it is (cmsg(3), ip(7),
/// ipv6(7)).
package struct ControlMessages: Hashable, Sendable {
    /// An entry of the error queue.
    package struct QueuedError: Hashable, Sendable {
        /// False for an error of this machine, e.g. a packet larger than its interface takes.
        package var isFromNetwork: Bool
        package var type: UInt8
        package var code: UInt8
        /// Of "too big" the largest packet that passes, in bytes.
        package var information: UInt32
        /// Who sent the ICMP error.
        package var reporter: SocketAddress?
    }

    /// Nanoseconds since 1970 on the wall clock, by SO_TIMESTAMPNS.
    package var arrival: Int64?
    /// The byte of the IP header with the code point, by IP_RECVTOS or IPV6_RECVTCLASS.
    package var trafficClass: UInt8?
    package var error: QueuedError?

    /// Walks the control buffer as the kernel of a 64-bit machine fills it: length (8 bytes), level (4), type (4), data,
    /// each message aligned to 8. Stops at the first one that does not fit.
    package init(_ bytes: RawSpan) {
        var offset = 0
        while offset + 16 <= bytes.byteCount {
            let length = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard length >= 16, length <= UInt64(bytes.byteCount - offset) else { return }
            let level = bytes.unsafeLoadUnaligned(fromByteOffset: offset + 8, as: Int32.self)
            let type = bytes.unsafeLoadUnaligned(fromByteOffset: offset + 12, as: Int32.self)
            take(level, type, bytes.extracting((offset + 16)..<(offset + Int(length))))
            offset += (Int(length) + 7) & ~7
        }
    }

    package init(_ bytes: [UInt8]) { self.init(bytes.span.bytes) }

    private mutating func take(_ level: Int32, _ type: Int32, _ data: RawSpan) {
        switch (level, type) {
        case (SOL_SOCKET, 35) where data.byteCount >= 16:  // SCM_TIMESTAMPNS: struct timespec
            let seconds = data.unsafeLoadUnaligned(as: Int64.self)
            let nanoseconds = data.unsafeLoadUnaligned(fromByteOffset: 8, as: Int64.self)
            arrival = seconds &* 1_000_000_000 &+ nanoseconds
        case (0, 1) where data.byteCount >= 1:  // IP_TOS: one byte
            trafficClass = data.byte(0)
        case (41, 67) where data.byteCount >= 4:  // IPV6_TCLASS: an int
            trafficClass = UInt8(truncatingIfNeeded: data.unsafeLoadUnaligned(as: Int32.self))
        case (0, 11) where data.byteCount >= 16, (41, 25) where data.byteCount >= 16:
            error = queuedError(data)
        default:
            break
        }
    }

    /// struct sock_extended_err: errno (4), origin (1: 1 local, 2 ICMP, 3 ICMPv6), type (1), code (1), pad (1),
    /// information (4), data (4); then the address of whoever sent it.
    private func queuedError(_ data: RawSpan) -> QueuedError {
        var storage = sockaddr_storage()
        let length = min(data.byteCount - 16, MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutableBytes(of: &storage) { buffer in
            for index in 0..<length { buffer[index] = data.byte(16 + index) }
        }
        return QueuedError(
            isFromNetwork: data.byte(4) == 2 || data.byte(4) == 3, type: data.byte(5), code: data.byte(6),
            information: data.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt32.self),
            reporter: SocketAddress(storage, length: socklen_t(length)))
    }
}
