internal import Glibc
package import ProcFS

/// Asks systemd for its failed units over a Unix socket, without ever blocking the thread.
package struct UnitsQuestion: Sendable {
    private let root: Root

    package init(root: Root) {
        self.root = root
    }

    /// The names in order; asked over the system bus, or over systemd's own socket where there is no bus (root only).
    package func failed(until deadline: ContinuousClock.Instant) async throws(UnitsError) -> [String] {
        let bus = "/run/dbus/system_bus_socket"
        let isBus = root.exists(bus)
        let socket = try Self.connect(root.absolute(isBus ? bus : "/run/systemd/private"))
        defer { close(socket) }
        var conversation = UnitsConversation(isBus: isBus)
        try Self.send(UnitsConversation.greeting(user: geteuid()), on: socket)
        while true {
            switch try conversation.take(try await Self.receive(on: socket, until: deadline)) {
            case .wait: continue
            case .send(let bytes): try Self.send(bytes, on: socket)
            case .done(let names): return names
            }
        }
    }

    private static func connect(_ path: String) throws(UnitsError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { field in
            guard bytes.count < field.count else { return false }
            field.copyBytes(from: bytes)
            return true
        }
        guard fits else { throw .system("connect", ENAMETOOLONG) }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let socket = socket(AF_UNIX, kind, 0)
        guard socket >= 0 else { throw .system("socket", errno) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(socket)
            throw .system("connect", code)
        }
        return socket
    }

    /// A few hundred bytes, which always fit the socket's buffer.
    private static func send(_ bytes: [UInt8], on socket: Int32) throws(UnitsError) {
        let count = Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        guard count >= 0 else { throw .system("send", errno) }
        guard count == bytes.count else { throw .system("send", EMSGSIZE) }
    }

    private static func receive(
        on socket: Int32, until deadline: ContinuousClock.Instant
    ) async throws(UnitsError) -> [UInt8] {
        var pause = Duration.microseconds(200)
        while true {
            var code: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, filled in
                let count = recv(socket, buffer.baseAddress, buffer.count, 0)
                if count < 0 { code = errno }
                filled = max(0, count)
            }
            if code == 0 {
                guard !bytes.isEmpty else { throw .closed }
                return bytes
            }
            guard code == EAGAIN || code == EINTR else { throw .system("recv", code) }
            guard ContinuousClock.now < deadline else { throw .late }
            do {
                try await Task.sleep(for: pause)
            } catch {
                throw .late
            }
            pause = min(pause * 2, .milliseconds(20))
        }
    }
}
