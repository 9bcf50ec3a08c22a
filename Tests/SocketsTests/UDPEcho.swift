import Glibc
import Sockets

/// A UDP socket on loopback that sends back what it gets, from itself or from another port, or keeps silent.
final class UDPEcho: Sendable {
    enum Manner: Sendable {
        case answers
        case answersFromAnotherPort
        case silent
    }

    let address: SocketAddress
    private let thread: BackgroundThread?

    init(_ host: String = "127.0.0.1", _ manner: Manner = .answers) throws {
        let literal = SocketAddress(host) ?? SocketAddress(.ipv4(0x7f00_0001))
        let socket = try Descriptor(socket: literal.family.systemNumber, type: SOCK_DGRAM)
        guard literal.withSystemAddress({ bind(socket.number, $0, $1) }) == 0 else { throw SystemError.last("bind") }
        socket.set(SOL_SOCKET, SO_RCVBUFFORCE, to: 4 << 20)
        address = try socket.localAddress()
        let number = socket.release()
        guard manner != .silent else {
            thread = nil
            return
        }
        let other = try Descriptor(socket: literal.family.systemNumber, type: SOCK_DGRAM).release()
        thread = try BackgroundThread("echo") {
            Self.serve(number, answeringBy: manner == .answers ? number : other)
            close(number)
            close(other)
        }
    }

    deinit {
        guard let thread else { return }
        do {
            // An empty datagram ends the thread.
            let socket = try Descriptor(socket: address.family.systemNumber, type: SOCK_DGRAM)
            _ = address.withSystemAddress { sendto(socket.number, nil, 0, 0, $0, $1) }
            thread.join()
        } catch {
            thread.detach()
        }
    }

    private static func serve(_ number: Int32, answeringBy other: Int32) {
        var bytes = [UInt8](repeating: 0, count: 2048)
        while true {
            var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            _ = poll(&entry, 1, -1)
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let ended = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { from in
                    let count = recvfrom(number, &bytes, bytes.count, 0, from, &length)
                    if count > 0 { sendto(other, bytes, count, 0, from, length) }
                    return count == 0
                }
            }
            if ended { return }
        }
    }
}
