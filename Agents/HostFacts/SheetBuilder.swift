internal import ProcFS
internal import Vocabulary

/// Collects facts and blind spots while the readers go through the machine.
struct SheetBuilder {
    let root: Root
    private(set) var facts: [Fact] = []
    private var blindSpots: [String: BlindSpot] = [:]

    init(root: Root) {
        self.root = root
    }

    /// Takes a fact whose value is known and not empty.
    mutating func add(_ fact: Fact?) {
        if let fact, !fact.value.isEmpty { facts.append(fact) }
    }

    mutating func add(_ more: [Fact]) {
        facts += more
    }

    /// The file's text; nil when there is none, and a blind spot when it is refused.
    mutating func text(
        _ path: String, blind: (FileError) -> BlindSpot = SheetBuilder.unreadable,
        isEnough: (_ piece: [UInt8]) -> Bool = { _ in false }
    ) -> String? {
        do throws(FileError) {
            return String(decoding: try root.bytes(path, isEnough: isEnough), as: UTF8.self)
        } catch {
            if error.isRefused { see(not: blind(error)) }
            return nil
        }
    }

    /// A file of one value, without the blanks around it; drivers that do not know it answer with an error.
    mutating func value(_ path: String) -> String? {
        text(path)?.trimmed
    }

    /// The names in a folder; none when it cannot be read.
    mutating func names(_ path: String) -> [String] {
        do throws(FileError) {
            return try root.names(path)
        } catch {
            if error.isRefused { see(not: SheetBuilder.unreadable(error)) }
            return []
        }
    }

    /// The last part of where a link points, e.g. a driver's name.
    func linkEnd(_ path: String) -> String? {
        do throws(FileError) {
            return try root.link(path).split(separator: "/").last.map { String($0) }
        } catch {
            return nil
        }
    }

    /// Notes something unseen; the first of a code stands for all of it.
    mutating func see(not blindSpot: BlindSpot) {
        if blindSpots[blindSpot.code] == nil { blindSpots[blindSpot.code] = blindSpot }
    }

    func sheet() -> Sheet {
        var sorted = facts.sorted { $0.path < $1.path }
        // The same path twice can only come of odd files, e.g. two users of one name: the first line counts there, too.
        var last: String?
        sorted.removeAll { fact in
            defer { last = fact.path }
            return fact.path == last
        }
        return Sheet(facts: sorted, blindSpots: blindSpots.values.sorted { $0.code < $1.code })
    }

    /// A file that the agent's user may not read.
    static func unreadable(_ error: FileError) -> BlindSpot {
        BlindSpot("file-unreadable", detail: error.description, remedy: capabilityRemedy("CAP_DAC_READ_SEARCH"))
    }

    /// A command that gives the installed agent a capability.
    static func capabilityRemedy(_ capabilities: String) -> String {
        let folder = "/etc/systemd/system/haidang-agent.service.d"
        let lines = #"[Service]\nAmbientCapabilities=\#(capabilities)\nCapabilityBoundingSet=\#(capabilities)\n"#
        let name = capabilities.lowercased().split(separator: " ").joined(separator: "-")
        return "sudo mkdir -p \(folder) && printf '\(lines)' | sudo tee \(folder)/\(name).conf"
            + " && sudo systemctl daemon-reload && sudo systemctl restart haidang-agent"
    }
}
