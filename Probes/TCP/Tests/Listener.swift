import Glibc
import Sockets
import Testing

/// A TCP socket on loopback with a port of the kernel's choice.
final class Listener: Sendable {
    let address: SocketAddress
    private let socket: Descriptor

    init(_ host: String, listens: Bool = true, backlog: Int32 = 128) throws {
        let wanted = try #require(SocketAddress(host))
        let socket = try Descriptor(socket: wanted.family.systemNumber, type: SOCK_STREAM)
        let bound = wanted.withSystemAddress { bind(socket.number, $0, $1) }
        try #require(bound == 0)
        if listens { try #require(listen(socket.number, backlog) == 0) }
        address = try socket.localAddress()
        self.socket = socket
    }

    var port: UInt16 { address.port }
    var target: String { address.description }

    /// The loopback addresses that this machine has.
    static let loopbacks = ["127.0.0.1", "::1"].filter { host in
        do {
            _ = try Listener(host)
            return true
        } catch {
            return false
        }
    }

    /// A connection under way, kept as long as the returned holder.
    func beginConnection() throws -> Holder {
        let client = try Descriptor(socket: address.family.systemNumber, type: SOCK_STREAM)
        _ = address.withSystemAddress { connect(client.number, $0, $1) }
        return Holder(client)
    }

    func accept(_ poller: Poller) async throws -> Descriptor {
        try #require(await poller.wait(for: .readable, of: socket, until: .now + .seconds(20)) == .ready)
        let number = Glibc.accept(socket.number, nil, nil)
        try #require(number >= 0)
        return Descriptor(adopting: number)
    }

    final class Holder: Sendable {
        private let descriptor: Descriptor

        init(_ descriptor: consuming Descriptor) {
            self.descriptor = descriptor
        }
    }
}
