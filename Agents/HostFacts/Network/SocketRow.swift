internal import ProcFS

/// One line of `/proc/net/tcp`, `tcp6`, `udp` or `udp6` (proc(5)).
package struct SocketRow: Hashable, Sendable {
    /// `0.0.0.0:22` or `[::]:22`.
    package var local: String
    /// Whether there is no other end.
    package var isUnconnected: Bool
    /// The kernel's TCP state; UDP uses 1 and 7.
    package var state: UInt8
    package var user: UInt32
    /// Zero for a socket of the kernel itself.
    package var inode: UInt64

    /// Nil for the heading and for broken lines.
    package init?(parsing line: Substring) {
        let fields = line.fields
        guard fields.count >= 10, let local = Self.endpoint(fields[1]), let remote = Self.endpoint(fields[2]),
            let state = UInt8(fields[3], radix: 16), let user = UInt32(fields[7]), let inode = UInt64(fields[9])
        else { return nil }
        let text = AddressText.of(local.address) ?? ""
        self.local = local.address.count == 16 ? "[\(text)]:\(local.port)" : "\(text):\(local.port)"
        isUnconnected = remote.port == 0 && remote.address.allSatisfy { $0 == 0 }
        self.state = state
        self.user = user
        self.inode = inode
    }

    /// Those that wait for whoever comes: TCP in state LISTEN, UDP without another end.
    package static func listeners(_ text: String, isTCP: Bool) -> [SocketRow] {
        text.lines.compactMap { SocketRow(parsing: $0) }.filter { row in
            isTCP ? row.state == 0x0a : row.state == 0x07 && row.isUnconnected
        }
    }

    /// Whether the last whole line of a piece of `/proc/net/tcp` is of a connection: the kernel lists all that listen first,
    /// and connections by the ten thousand after them.
    package static func isBeyondListeners(_ piece: [UInt8]) -> Bool {
        guard let end = piece.lastIndex(of: UInt8(ascii: "\n")) else { return false }
        let line = piece[..<end].split(separator: UInt8(ascii: "\n")).last ?? []
        let state = line.split(separator: UInt8(ascii: " "), maxSplits: 4).dropFirst(3).first
        return state.flatMap { UInt8(String(decoding: $0, as: UTF8.self), radix: 16) }.map { $0 != 0x0a } ?? false
    }

    /// `0100007F:1F90`: the address in words of four bytes, each as this little-endian machine prints it.
    private static func endpoint(_ text: Substring) -> (address: [UInt8], port: UInt16)? {
        guard let (digits, portDigits) = text.halves(at: ":"), let port = UInt16(portDigits, radix: 16),
            let printed = AddressText.bytes(hexadecimal: digits), printed.count == 4 || printed.count == 16
        else { return nil }
        var address: [UInt8] = []
        for start in stride(from: 0, to: printed.count, by: 4) {
            address += printed[start..<start + 4].reversed()
        }
        return (address, port)
    }
}
