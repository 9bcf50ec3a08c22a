package import Vocabulary

/// Who was told what of the collector's silence: what the agent has to know again after a restart.
package struct DeadManLedger: Hashable, Sendable {
    /// How far one receiver is told.
    package enum Stage: String, CaseIterable, Sendable {
        case nothing
        /// The silence is to be told.
        case problem
        /// The silence was told.
        case told
        /// Its end is to be told.
        case recovery
    }

    package struct Entry: Hashable, Sendable {
        package var stage: Stage
        /// Of the silence that the receiver was told of, or is to be.
        package var since: Instant
        package var resolved: Instant?
        /// Of the message that is to be sent now.
        package var attempts: Int
        /// An attempt began whose end nobody has seen: the agent was stopped in between.
        package var isOpen: Bool
        /// An earlier silence was told whose end nobody took: the receiver may still believe in it.
        package var isOwedEnd: Bool

        package init(
            stage: Stage = .nothing, since: Instant = Instant(microseconds: 0), resolved: Instant? = nil,
            attempts: Int = 0, isOpen: Bool = false, isOwedEnd: Bool = false
        ) {
            self.stage = stage
            self.since = since
            self.resolved = resolved
            self.attempts = attempts
            self.isOpen = isOpen
            self.isOwedEnd = isOwedEnd
        }
    }

    /// When the collector was last heard, once it has been silent for a while.
    package var silence: Instant?
    /// By the way to the receiver: `webhook`, `mail`.
    package var entries: [String: Entry] = [:]

    package init() {}
}

/// The ledger as a file: `silence MICROSECONDS`, and a line for each receiver that is owed something.
extension DeadManLedger {
    /// A line that is none of ours.
    package struct Damage: Error, Hashable, Sendable, CustomStringConvertible {
        package var line: String
        package var description: String { "\"\(line)\" is no line of a dead-man's ledger" }
    }

    package init(_ text: String) throws(Damage) {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch words.count {
            case 2 where words[0] == "silence":
                guard let time = Int64(words[1]) else { throw Damage(line: String(line)) }
                silence = Instant(microseconds: time)
            case 7:
                guard let entry = Entry(words[1...]) else { throw Damage(line: String(line)) }
                entries[words[0]] = entry
            default: throw Damage(line: String(line))
            }
        }
    }

    package var text: String {
        let owed = entries.sorted { $0.key < $1.key }.filter { $0.value.stage != .nothing }
        let lines = (silence.map { ["silence \($0.microseconds)"] } ?? []) + owed.map { "\($0.key) \($0.value.words)" }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension DeadManLedger.Entry {
    fileprivate init?(_ words: ArraySlice<String>) {
        let words = Array(words)
        guard words.count == 6, let stage = DeadManLedger.Stage(rawValue: words[0]), let since = Int64(words[1]),
            let attempts = Int(words[3]), attempts >= 0, ["open", "closed"].contains(words[4]),
            ["owed", "clear"].contains(words[5])
        else { return nil }
        self.stage = stage
        self.since = Instant(microseconds: since)
        if words[2] != "-" {
            guard let resolved = Int64(words[2]) else { return nil }
            self.resolved = Instant(microseconds: resolved)
        }
        self.attempts = attempts
        isOpen = words[4] == "open"
        isOwedEnd = words[5] == "owed"
    }

    fileprivate var words: String {
        let end = resolved.map { "\($0.microseconds)" } ?? "-"
        return "\(stage.rawValue) \(since.microseconds) \(end) \(attempts) \(isOpen ? "open" : "closed") "
            + (isOwedEnd ? "owed" : "clear")
    }
}
