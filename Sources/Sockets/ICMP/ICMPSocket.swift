import CLinux
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
        case (.raw, .ipv4): Self.filterIPv4(descriptor, identifier)
        case (.raw, .ipv6): Self.filterIPv6(descriptor, identifier)
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

    /// Whether packets leave whole or not at all: IP_MTU_DISCOVER, IPV6_MTU_DISCOVER. PROBE (3) never fragments and asks
    /// no cache, WANT (1) is the default.
    func sendWhole(_ isWhole: Bool) {
        descriptor.set(
            family == .ipv4 ? Self.levelIPv4 : Self.levelIPv6, family == .ipv4 ? 10 : 23, to: isWhole ? 3 : 1)
    }

    /// Has the code point of what comes told beside it: IP_RECVTOS, IPV6_RECVTCLASS.
    func tellTrafficClass() {
        descriptor.set(family == .ipv4 ? Self.levelIPv4 : Self.levelIPv6, family == .ipv4 ? 13 : 66, to: 1)
    }

    /// Sends what the batch still holds; how many packets the kernel took, or its error about the first.
    func send(_ batch: inout EchoBatch) throws(SystemError) -> Int {
        do throws(SystemError) {
            return try batch.send(through: descriptor.number)
        } catch {
            // An error that came back earlier is reported by the next call on a ping socket, whomever that is for.
            guard kind == .unprivileged, error.code != EAGAIN else { throw error }
            return try batch.send(through: descriptor.number)
        }
    }

    /// Takes what has come, errors that the kernel holds for a ping socket first; false when there is nothing.
    func receive(into batch: inout ReceiveBatch) -> Bool {
        for _ in 0..<16 {
            if kind == .unprivileged, batch.receive(from: descriptor.number, flags: MSG_ERRQUEUE) { return true }
            if batch.receive(from: descriptor.number, flags: 0) { return true }
            // Anything else is the pending error of a ping socket; reading it has cleared it.
            guard batch.lastError != EAGAIN else { return false }
        }
        return false
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
    private static func filterIPv4(_ descriptor: borrowing Descriptor, _ identifier: UInt16) {
        let wanted: UInt32 = 1 << 0 | 1 << 3 | 1 << 11 | 1 << 12
        descriptor.set(255, 1, to: Int32(bitPattern: ~wanted))
        _ = linux_keep_own_echo_replies(descriptor.number, 1, 0, identifier)
    }

    /// RFC 3542 §3.2, ICMP6_FILTER: 256 bits, in Linux a set one keeps that type out.
    private static func filterIPv6(_ descriptor: borrowing Descriptor, _ identifier: UInt16) {
        var filter = [UInt32](repeating: .max, count: 8)
        for type in [1, 2, 3, 4, 129] { filter[type / 32] &= ~(1 << UInt32(type % 32)) }
        setsockopt(descriptor.number, 58, 1, filter, socklen_t(filter.count * MemoryLayout<UInt32>.size))
        _ = linux_keep_own_echo_replies(descriptor.number, 0, 129, identifier)
    }
}
