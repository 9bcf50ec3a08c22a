/// The talk with the message bus that ends in the names of systemd's failed units.
///
/// Sign in as this user (`AUTH EXTERNAL`), say `Hello`, call `ListUnitsFiltered(["failed"])`; nothing is kept between
/// runs. On systemd's own socket there is no bus and so no `Hello`.
package struct UnitsConversation: Sendable {
    package enum Step: Hashable, Sendable {
        case send([UInt8])
        /// Wait for more bytes.
        case wait
        case done([String])
    }

    private let isBus: Bool
    private var isSignedIn = false
    private var pending: [UInt8] = []

    package init(isBus: Bool) {
        self.isBus = isBus
    }

    /// What to send first.
    package static func greeting(user: UInt32) -> [UInt8] {
        let hexadecimal = String(user).utf8.map { String($0, radix: 16) }.joined()
        return [0] + Array("AUTH EXTERNAL \(hexadecimal)\r\n".utf8)
    }

    /// Takes what came and says what to do next.
    package mutating func take(_ bytes: some Sequence<UInt8>) throws(UnitsError) -> Step {
        pending += bytes
        guard pending.count <= BusMessage.longest else { throw .malformed("too much") }
        if !isSignedIn { return try signIn() }
        while let message = try BusMessage.take(from: &pending) {
            guard message.answers == Self.question else { continue }
            switch message.kind {
            case .answer: return .done(try Self.names(in: message))
            case .error: throw .refused(message.errorName)
            case .call, .signal: continue
            }
        }
        return .wait
    }

    private static let question: UInt32 = 2

    private mutating func signIn() throws(UnitsError) -> Step {
        guard let end = pending.firstIndex(of: UInt8(ascii: "\n")) else { return .wait }
        let line = String(decoding: pending[..<end].filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        pending.removeFirst(end + 1)
        guard line.hasPrefix("OK") else { throw .refused(line) }
        isSignedIn = true
        var bytes = Array("BEGIN\r\n".utf8)
        if isBus {
            bytes += BusMessage.call(
                serial: 1, destination: "org.freedesktop.DBus", path: "/org/freedesktop/DBus",
                interface: "org.freedesktop.DBus", member: "Hello")
        }
        bytes += BusMessage.call(
            serial: Self.question, destination: "org.freedesktop.systemd1", path: "/org/freedesktop/systemd1",
            interface: "org.freedesktop.systemd1.Manager", member: "ListUnitsFiltered", list: ["failed"])
        return .send(bytes)
    }

    /// The first member of each structure: name, description, load, active and sub state, followed, path, job.
    private static func names(in message: BusMessage) throws(UnitsError) -> [String] {
        guard message.signature == "a(ssssssouso)" else { throw .malformed("signature \(message.signature)") }
        var body = message.body
        guard body.integer() != nil else { throw .malformed("list") }
        var names: [String] = []
        body.align(to: 8)
        while !body.isAtEnd {
            guard let name = body.string() else { throw .malformed("unit name") }
            for _ in 0..<6 where body.string() == nil { throw .malformed("unit") }
            guard body.integer() != nil, body.string() != nil, body.string() != nil else { throw .malformed("job") }
            names.append(name)
            body.align(to: 8)
        }
        return names.sorted()
    }
}
