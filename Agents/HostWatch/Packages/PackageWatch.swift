internal import HostFacts
internal import ProcFS
internal import SecurityRules
internal import Vocabulary

/// Reads what dpkg has installed, once a run of apt or dpkg is over.
struct PackageWatch {
    private static let list = "/var/lib/dpkg/status"
    /// Held by whoever changes packages: apt from its first to its last step.
    private static let locks = ["/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock"]
    private static let history = "/var/log/apt/history.log"

    private let root: Root
    /// The list whose content is in the memory; nil when nothing was learned yet.
    private var told: Root.Stamp?
    /// How long apt's history was then.
    private var historyBytes: Int64 = 0
    /// The list as the last look found it.
    private var seen: Root.Stamp?
    /// Whether the last look read the list.
    private(set) var hasRead = false

    init(root: Root) {
        self.root = root
    }

    /// - Parameter recall: what was last kept; asked only when the list has changed.
    /// - Returns: what is to be kept from now on, when that is something else.
    mutating func look(
        at now: Instant, recall: () async -> [UInt8]?
    ) async -> (finding: Finding?, memory: [UInt8]?, blindSpots: [BlindSpot]) {
        hasRead = false
        do throws(FileError) {
            let stamp = try root.stamp(Self.list)
            if stamp == told { return (nil, nil, []) }
            // Once more the same: between two steps of one run the list stands still for moments only.
            guard stamp == seen, !isChanging else {
                seen = stamp
                return (nil, nil, [])
            }
            hasRead = true
            let memory = await recall().map { MemoryText.lines($0) }
            let installed = try read()
            let kept = memory.map { Self.packages($0) }
            if told == nil {
                historyBytes = memory?.first { $0.field(0) == "history" }.flatMap { Int64($0.field(1)) } ?? 0
            }
            let (evidence, bytes) = commands(after: historyBytes)
            let time = Instant(microseconds: stamp.seconds * 1_000_000 + stamp.nanoseconds / 1000)
            let finding = PackageRule.apply(before: kept, now: installed, changed: min(time, now), evidence: evidence)
            told = stamp
            seen = nil
            historyBytes = bytes
            return (finding, kept == nil || finding != nil ? Self.memory(installed, history: bytes) : nil, [])
        } catch {
            // A machine without dpkg has no packages that could change.
            if error.isAbsent { return (nil, nil, []) }
            return (nil, nil, [BlindSpot("packages", detail: error.description, remedy: "")])
        }
    }

    func read() throws(FileError) -> [String: String] {
        let packages = InstalledPackage.parse(try root.bytes(Self.list))
        return Dictionary(packages.map { ("\($0.name):\($0.architecture)", $0.version) }) { _, last in last }
    }

    /// Whether somebody holds dpkg's locks, by the kernel's list of locks; asking for them would need root.
    private var isChanging: Bool {
        do throws(FileError) {
            var inodes: Set<String> = []
            for lock in Self.locks {
                do throws(FileError) {
                    inodes.insert(String(try root.stamp(lock).inode))
                } catch {
                    continue
                }
            }
            return try root.text("/proc/locks").lines.contains { line in
                // `1: POSIX  ADVISORY  WRITE 2734 08:01:1234 0 EOF`
                line.fields.contains { word in
                    let parts = word.parts(at: ":")
                    return parts.count == 3 && inodes.contains(String(parts[2]))
                }
            }
        } catch {
            return false
        }
    }

    /// What was typed, and by whom, from what apt wrote since its history was this long.
    private func commands(after offset: Int64) -> (evidence: [Finding.Evidence], bytes: Int64) {
        do throws(FileError) {
            let bytes = try root.bytes(Self.history, limit: 8 << 20)
            // A history that is shorter than before was rotated away.
            let start = Int64(bytes.count) < offset ? 0 : Int(offset)
            var evidence: [Finding.Evidence] = []
            for line in String(decoding: bytes[start...], as: UTF8.self).lines {
                guard let (key, value) = line.halves(at: ":") else { continue }
                switch key {
                case "Commandline": evidence.append(.init("command", String(value.trimmed)))
                case "Requested-By": evidence.append(.init("requested-by", String(value.trimmed)))
                default: continue
                }
            }
            return (Array(evidence.suffix(6)), Int64(bytes.count))
        } catch {
            return ([], 0)
        }
    }

    private static func packages(_ lines: [[String]]) -> [String: String] {
        Dictionary(lines.filter { $0.field(0) == "package" }.map { ($0.field(1), $0.field(2)) }) { _, last in last }
    }

    private static func memory(_ packages: [String: String], history: Int64) -> [UInt8] {
        var memory = MemoryText()
        memory.add("history", String(history))
        for (name, version) in packages.sorted(by: { $0.key < $1.key }) { memory.add("package", name, version) }
        return memory.text
    }
}
