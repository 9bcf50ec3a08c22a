import Glibc

/// One unconnected socket of one family for all exchanges, on a port of the system's choice; received from by one thread.
final class UDPSocket: Sendable {
    let family: AddressFamily
    /// The wildcard address with the port that everything leaves from.
    let local: SocketAddress
    private let descriptor: Descriptor

    init(_ family: AddressFamily) throws(SystemError) {
        let descriptor = try Descriptor(socket: family.systemNumber, type: SOCK_DGRAM)
        descriptor.set(SOL_SOCKET, SO_TIMESTAMPNS, to: 1)
        // The first is capped by net.core.rmem_max, the second needs CAP_NET_ADMIN.
        descriptor.set(SOL_SOCKET, SO_RCVBUF, to: Self.receiveBuffer)
        descriptor.set(SOL_SOCKET, SO_RCVBUFFORCE, to: Self.receiveBuffer)
        switch family {
        case .ipv4:
            descriptor.set(Self.levelIPv4, Self.receiveErrorsIPv4, to: 1)
        case .ipv6:
            descriptor.set(Self.levelIPv6, Self.receiveErrorsIPv6, to: 1)
            descriptor.set(Self.levelIPv6, Self.onlyIPv6, to: 1)
        }
        let unspecified = SocketAddress(family == .ipv4 ? .ipv4(0) : .ipv6(0, scope: 0))
        let result = unspecified.withSystemAddress { bind(descriptor.number, $0, $1) }
        guard result == 0 else { throw SystemError.last("bind") }
        self.local = try descriptor.localAddress()
        self.family = family
        self.descriptor = descriptor
    }

    var number: Int32 { descriptor.number }

    private static let receiveBuffer: Int32 = 4 << 20
    private static let levelIPv4: Int32 = 0
    private static let levelIPv6: Int32 = 41
    private static let receiveErrorsIPv4: Int32 = 11
    private static let receiveErrorsIPv6: Int32 = 25
    private static let onlyIPv6: Int32 = 26
}
