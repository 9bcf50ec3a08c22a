import Glibc

/// Memory for one received datagram with its control messages, used again and again by one thread.
struct ReceiveBuffer: ~Copyable {
    struct Datagram: Sendable {
        var bytes: [UInt8]
        /// The sender; for an error from the error queue the destination of the packet that it is about.
        var address: SocketAddress
        var control: ControlMessages
    }

    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 9216, alignment: 16)
    private let control = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 16)
    /// `errno` of the last call that gave no datagram.
    private(set) var lastError: Int32 = 0

    deinit {
        bytes.deallocate()
        control.deallocate()
    }

    /// Receives without waiting; nil when there is nothing or the call failed. A longer datagram is cut.
    mutating func receive(from descriptor: Int32, flags: some BinaryInteger) -> Datagram? {
        var storage = sockaddr_storage()
        var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        var header = msghdr()
        let count = withUnsafeMutablePointer(to: &storage) { name in
            withUnsafeMutablePointer(to: &part) { part in
                header.msg_name = UnsafeMutableRawPointer(name)
                header.msg_namelen = socklen_t(MemoryLayout<sockaddr_storage>.size)
                header.msg_iov = part
                header.msg_iovlen = 1
                header.msg_control = control.baseAddress
                header.msg_controllen = control.count
                return recvmsg(descriptor, &header, Int32(flags) | 0x40)
            }
        }
        guard count >= 0 else {
            lastError = errno
            return nil
        }
        guard let address = SocketAddress(storage, length: header.msg_namelen) else {
            lastError = EAFNOSUPPORT
            return nil
        }
        let messages = UnsafeRawBufferPointer(control).prefix(Int(header.msg_controllen))
        return Datagram(
            bytes: Array(bytes.prefix(count)), address: address, control: ControlMessages(Array(messages)))
    }
}
