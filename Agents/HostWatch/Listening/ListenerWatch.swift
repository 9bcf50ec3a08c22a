internal import HostFacts
internal import ProcFS
internal import SecurityRules
internal import Vocabulary

/// Reads who listens on which port.
struct ListenerWatch {
    private let root: Root
    private let facts: HostFacts
    private var rule: ListenerRule

    init(root: Root, facts: HostFacts, memory: [UInt8]?) {
        self.root = root
        self.facts = facts
        rule = ListenerRule(memory: MemoryText.lines(memory ?? []))
    }

    var memory: [UInt8] {
        var memory = MemoryText()
        rule.remember(in: &memory)
        return memory.text
    }

    mutating func look(at now: Instant) -> (findings: [Finding], blindSpots: [BlindSpot]) {
        let (listeners, blindSpots) = see()
        // A machine whose ports cannot be read has not closed them.
        guard !listeners.isEmpty || blindSpots.isEmpty else { return ([], blindSpots) }
        return (rule.apply(listeners, handedOut: handedOut, at: now), blindSpots)
    }

    func see() -> (listeners: [Listener], blindSpots: [BlindSpot]) {
        let (sockets, blindSpots) = facts.openSockets()
        let listeners = sockets.compactMap { socket -> Listener? in
            guard let colon = socket.local.utf8.lastIndex(of: UInt8(ascii: ":")),
                let port = UInt16(socket.local[socket.local.utf8.index(after: colon)...])
            else { return nil }
            return Listener(
                kind: socket.kind, address: String(socket.local[..<colon]), port: port, program: socket.program,
                path: socket.path, user: socket.user, socket: socket.inode)
        }
        return (listeners, blindSpots)
    }

    /// The ports that the kernel gives to whoever asks for none.
    private var handedOut: ClosedRange<UInt16> {
        do throws(FileError) {
            let words = try root.text("/proc/sys/net/ipv4/ip_local_port_range").fields
            guard words.count == 2, let low = UInt16(words[0]), let high = UInt16(words[1].trimmed), low <= high else {
                return 32768...60999
            }
            return low...high
        } catch {
            return 32768...60999
        }
    }
}
