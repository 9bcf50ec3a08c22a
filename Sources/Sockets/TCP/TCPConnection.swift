import Captures
import Glibc

/// A TCP connection that speaks bytes; whoever lets go of it without `close` ends it with a reset or a FIN, as may be.
package struct TCPConnection: ~Copyable, Sendable {
    /// Why a connection gives no more.
    package enum Failure: Error, Hashable, Sendable {
        /// What the network or the other side said.
        case system(SystemError)
        /// This machine refused before anything was sent, or the other end of loopback at once.
        case refused(SystemError)
        case timedOut
        /// On loopback the kernel may give a connection the very port that it connects to: nobody listens there.
        case mirror
        /// The other side has said all it will.
        case ended
        case cancelled
        case stopping
    }

    private let socket: Descriptor
    private let poller: Poller
    private let peer: SocketAddress
    /// Our own end.
    package let local: SocketAddress

    /// Connects; SYN to SYN-ACK is what this takes.
    package static func open(
        to address: SocketAddress, poller: Poller, until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> TCPConnection {
        let socket: Descriptor
        do throws(SystemError) {
            socket = try Descriptor(socket: address.family.systemNumber, type: SOCK_STREAM)
        } catch {
            throw .refused(error)
        }
        let number = socket.number
        if address.withSystemAddress({ Glibc.connect(number, $0, $1) }) != 0 {
            let refusal = SystemError.last("connect")
            guard refusal.code == EINPROGRESS else { throw .refused(refusal) }
            try Self.check(await poller.wait(for: .writable, of: socket, until: deadline))
        }
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        if getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &length) != 0 { code = errno }
        guard code == 0 else { throw .system(SystemError("connect", code: code)) }
        let local: SocketAddress
        do throws(SystemError) {
            local = try socket.localAddress()
        } catch {
            throw .refused(error)
        }
        guard local != address else { throw .mirror }
        if let capture = Capture.current { capture.note("connected from \(local) to \(address)", at: .now) }
        return TCPConnection(socket: socket, poller: poller, peer: address, local: local)
    }

    private init(socket: consuming Descriptor, poller: Poller, peer: SocketAddress, local: SocketAddress) {
        self.socket = socket
        self.poller = poller
        self.peer = peer
        self.local = local
    }

    /// Hands all bytes to the kernel.
    package borrowing func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) async throws(Failure) {
        Capture.current?.note(.sent, bytes, peer: "\(peer)", medium: "TCP", at: .now)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try Self.check(await poller.wait(for: .writable, of: socket, until: deadline))
            } else if errno != EINTR {
                throw .system(.last("send"))
            }
        }
    }

    /// The next bytes, at least one and at most `limit`, as they come.
    package borrowing func receive(
        atMost limit: Int = 4096, until deadline: ContinuousClock.Instant
    ) async throws(Failure) -> [UInt8] {
        while true {
            var code: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: max(1, limit)) { buffer, count in
                let read = recv(socket.number, buffer.baseAddress, buffer.count, 0)
                if read < 0 { code = errno }
                count = max(0, read)
            }
            guard bytes.isEmpty else {
                Capture.current?.note(.received, bytes, peer: "\(peer)", medium: "TCP", at: .now)
                return bytes
            }
            switch code {
            case 0: throw .ended
            case EINTR: continue
            case EAGAIN: try Self.check(await poller.wait(for: .readable, of: socket, until: deadline))
            default: throw .system(SystemError("recv", code: code))
            }
        }
    }

    /// Ends it the way both sides expect (`Poller.closeGently`).
    package consuming func close() {
        poller.closeGently(socket)
    }

    private static func check(_ wake: Poller.Wake) throws(Failure) {
        switch wake {
        case .ready: return
        case .expired: throw .timedOut
        case .cancelled: throw .cancelled
        case .closed: throw .stopping
        case .refused(let error): throw .refused(error)
        }
    }
}
