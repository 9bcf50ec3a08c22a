package import Vocabulary

/// Finds a port that somebody listens on who did not before.
///
/// The first look learns. A socket has to be there in two looks, because many come and go within a second. A port
/// from the range that the kernel hands out counts as the program's, whichever number it got; with UDP it is mostly a
/// question that waits for its answer, and none of our business.
package struct ListenerRule: Sendable {
    struct Door: Hashable {
        var kind: String
        var isLocal: Bool
        /// `any` for one that the kernel chose.
        var port: String
        /// Empty when it could not be seen: then whoever holds the port is taken for the one who did.
        var program: String
    }

    private static let mostDoors = 4096

    var known: Set<Door>?
    /// The sockets of doors that were new in the last look.
    private var candidates: Set<UInt64> = []

    package init() {}

    /// - Parameter handedOut: the ports that the kernel gives to whoever asks for none.
    package mutating func apply(
        _ listeners: [Listener], handedOut: ClosedRange<UInt16>, at time: Instant
    ) -> [Finding] {
        var open: [Door: [Listener]] = [:]
        for listener in listeners {
            let isChosen = handedOut.contains(listener.port)
            if isChosen, listener.kind == "udp" { continue }
            let door = Door(
                kind: listener.kind, isLocal: listener.isLocal, port: isChosen ? "any" : String(listener.port),
                program: listener.program)
            open[door, default: []].append(listener)
        }
        guard let before = known else {
            known = Set(open.keys)
            return []
        }
        let fresh = Set(open.keys.filter { !Self.isKnown($0, in: before) })
        let settled = fresh.filter { open[$0, default: []].contains { candidates.contains($0.socket) } }
        candidates = Set(fresh.subtracting(settled).flatMap { open[$0, default: []].map(\.socket) })
        // Programs that have come into sight take the place of those that could not be seen.
        var after = before
        for door in open.keys where !door.program.isEmpty {
            var unseen = door
            unseen.program = ""
            if after.remove(unseen) != nil { after.insert(door) }
        }
        after.formUnion(settled)
        if after.count > Self.mostDoors { after = Set(open.keys) }
        known = after
        return settled.compactMap { door in open[door].map { Self.finding(door, $0, at: time) } }
            .sorted { $0.subject < $1.subject }
    }

    private static func isKnown(_ door: Door, in known: Set<Door>) -> Bool {
        if known.contains(door) { return true }
        if door.program.isEmpty {
            return known.contains { $0.kind == door.kind && $0.isLocal == door.isLocal && $0.port == door.port }
        }
        var unseen = door
        unseen.program = ""
        return known.contains(unseen)
    }

    private static func finding(_ door: Door, _ listeners: [Listener], at time: Instant) -> Finding {
        let named = { (values: [String]) in Set(values.filter { !$0.isEmpty }).sorted().joined(separator: ", ") }
        let port = listeners.map(\.port).min() ?? 0
        let path = named(listeners.map(\.path))
        // Where anybody may write: no package puts a program there.
        let isStray = ["/tmp/", "/var/tmp/", "/dev/shm/", "/run/user/"].contains { path.hasPrefix($0) }
        return Finding(
            rule: RuleName.listener, severity: isStray ? .high : door.isLocal ? .low : .medium,
            subject: "\(door.kind) \(port)\(door.program.isEmpty ? "" : " \(door.program)")", firstSeen: time,
            lastSeen: time,
            evidence: [
                .init("address", named(listeners.map { "\($0.address):\($0.port)" })),
                .init("program", door.program), .init("program-path", path),
                .init("user", named(listeners.map(\.user))),
            ].filter { !$0.text.isEmpty })
    }
}

extension ListenerRule {
    package init(memory lines: [[String]]) {
        for line in lines {
            switch line.field(0) {
            case "learned": known = known ?? []
            case "door":
                known?.insert(
                    Door(
                        kind: line.field(1), isLocal: line.field(2) == "local", port: line.field(3),
                        program: line.field(4)))
            default: continue
            }
        }
    }

    /// What has to be kept to know tomorrow what is known today.
    package func remember(in memory: inout MemoryText) {
        guard let known else { return }
        memory.add("learned")
        let fields = known.map { [$0.kind, $0.isLocal ? "local" : "open", $0.port, $0.program] }
        for door in fields.sorted(by: { $0.joined(separator: " ") < $1.joined(separator: " ") }) {
            memory.add(["door"] + door)
        }
    }
}
