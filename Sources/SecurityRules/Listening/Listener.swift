/// A socket that waits for whoever comes.
package struct Listener: Hashable, Sendable {
    /// `tcp` or `udp`.
    package var kind: String
    /// As the kernel has it, e.g. `0.0.0.0`, `[::1]`.
    package var address: String
    package var port: UInt16
    /// The name of the program and the path of its file; empty when they cannot be seen.
    package var program: String
    package var path: String
    package var user: String
    /// The kernel's number for the socket; 0 for one of its own.
    package var socket: UInt64

    package init(
        kind: String, address: String, port: UInt16, program: String, path: String = "", user: String = "",
        socket: UInt64 = 0
    ) {
        self.kind = kind
        self.address = address
        self.port = port
        self.program = program
        self.path = path
        self.user = user
        self.socket = socket
    }

    /// Whether only this machine itself can reach it.
    package var isLocal: Bool {
        address.hasPrefix("127.") || address == "[::1]" || address.hasPrefix("[::ffff:127.")
    }
}
