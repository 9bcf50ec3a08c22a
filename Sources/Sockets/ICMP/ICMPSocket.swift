import Glibc

/// One socket that sends echo requests of one family and receives what comes of them; used by one thread.
final class ICMPSocket: Sendable {
    let family: AddressFamily
    let kind: ICMPAvailability.Socket
    /// What the kernel writes into the messages of a ping socket, or what this process chose for a raw one.
    let identifier: UInt16
    private let descriptor: Descriptor

    /// `identifier` counts for raw sockets only.
    init(_ family: AddressFamily, _ kind: ICMPAvailability.Socket, identifier: UInt16) throws(SystemError) {
        let type = kind == .raw ? SOCK_RAW : SOCK_DGRAM
        let number = Int32(family == .ipv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6)
        let descriptor = try Descriptor(socket: family.systemNumber, type: type, protocol: number)
        descriptor.set(SOL_SOCKET, SO_TIMESTAMPNS, to: 1)
        // The first is capped by net.core.rmem_max, the second needs CAP_NET_ADMIN.
        descriptor.set(SOL_SOCKET, SO_RCVBUF, to: Self.receiveBuffer)
        descriptor.set(SOL_SOCKET, SO_RCVBUFFORCE, to: Self.receiveBuffer)
        switch (kind, family) {
        case (.raw, .ipv4): Self.filterIPv4(descriptor)
        case (.raw, .ipv6): Self.filterIPv6(descriptor)
        case (.unprivileged, .ipv4): descriptor.set(Self.levelIPv4, Self.receiveErrorsIPv4, to: 1)
        case (.unprivileged, .ipv6): descriptor.set(Self.levelIPv6, Self.receiveErrorsIPv6, to: 1)
        }
        if kind == .unprivileged {
            let unspecified = SocketAddress(family == .ipv4 ? .ipv4(0) : .ipv6(0, scope: 0))
            let result = unspecified.withSystemAddress { bind(descriptor.number, $0, $1) }
            guard result == 0 else { throw SystemError.last("bind") }
            self.identifier = try descriptor.localAddress().port
        } else {
            self.identifier = identifier
        }
        self.family = family
        self.kind = kind
        self.descriptor = descriptor
    }

    var number: Int32 { descriptor.number }

    func send(_ bytes: [UInt8], to address: SocketAddress) throws(SystemError) {
        var destination = address
        destination.port = 0
        // An error that came back earlier is reported by the next call on a ping socket, whomever that is for.
        for attempt in 0..<(kind == .raw ? 1 : 2) {
            let count = destination.withSystemAddress { sendto(descriptor.number, bytes, bytes.count, 0, $0, $1) }
            if count >= 0 { return }
            if attempt == 0, kind == .unprivileged, errno != EAGAIN { continue }
            throw SystemError.last("sendto")
        }
    }

    /// Takes the next datagram, or the next error that the kernel holds for a ping socket; nil when there is none.
    func receive(into buffer: inout ReceiveBuffer) -> ReceiveBuffer.Datagram? {
        for _ in 0..<16 {
            if kind == .unprivileged, let datagram = buffer.receive(from: descriptor.number, flags: MSG_ERRQUEUE) {
                return datagram
            }
            if let datagram = buffer.receive(from: descriptor.number, flags: 0) { return datagram }
            // Anything else is the pending error of a ping socket; reading it has cleared it.
            guard buffer.lastError != EAGAIN else { return nil }
        }
        return nil
    }

    /// How to read what `receive` gave.
    var framing: ICMPMessage.Framing {
        switch (kind, family) {
        case (.raw, .ipv4): .ipv4Packet
        case (.unprivileged, .ipv4): .ipv4Message
        case (_, .ipv6): .ipv6Message
        }
    }

    private static let receiveBuffer: Int32 = 4 << 20
    private static let levelIPv4: Int32 = 0
    private static let levelIPv6: Int32 = 41
    private static let receiveErrorsIPv4: Int32 = 11
    private static let receiveErrorsIPv6: Int32 = 25

    /// raw(7) ICMP_FILTER: a set bit keeps that type out. A filter refused costs time only.
    private static func filterIPv4(_ descriptor: borrowing Descriptor) {
        let wanted: UInt32 = 1 << 0 | 1 << 3 | 1 << 11 | 1 << 12
        descriptor.set(255, 1, to: Int32(bitPattern: ~wanted))
    }

    /// RFC 3542 §3.2, ICMP6_FILTER: 256 bits, in Linux a set one keeps that type out.
    private static func filterIPv6(_ descriptor: borrowing Descriptor) {
        var filter = [UInt32](repeating: .max, count: 8)
        for type in [1, 2, 3, 4, 129] { filter[type / 32] &= ~(1 << UInt32(type % 32)) }
        setsockopt(descriptor.number, 58, 1, filter, socklen_t(filter.count * MemoryLayout<UInt32>.size))
    }
}
