internal import HostFacts
internal import Keys
internal import ProcFS
internal import SecurityRules
internal import Vocabulary

/// Reads who has power over the machine: accounts, groups, sudoers, keys.
struct PrivilegeWatch {
    /// More accounts with a home than any machine that is watched; the rest is not gone through every few seconds.
    private static let mostHomes = 500
    private static let mostKeyBytes = 256 << 10

    private let root: Root
    private var rule: PrivilegeRule
    /// What a file held when it was last read, so that it is read again only when it changed.
    private var cache: [String: (stamp: Root.Stamp, held: Set<Privilege>)] = [:]

    init(root: Root, memory: [UInt8]?) {
        self.root = root
        rule = PrivilegeRule(memory: MemoryText.lines(memory ?? []))
    }

    var memory: [UInt8] {
        var memory = MemoryText()
        rule.remember(in: &memory)
        return memory.text
    }

    mutating func look(at now: Instant) -> (findings: [Finding], blindSpots: [BlindSpot]) {
        let sight = see()
        return (rule.apply(sight.places, blind: sight.blind, at: now), sight.blindSpots)
    }

    struct Sight {
        var places: [String: Set<Privilege>] = [:]
        var blind: Set<String> = []
        var blindSpots: [BlindSpot] = []
        /// Every path that was looked at.
        var paths: Set<String> = []
    }

    /// What stands in each place now.
    mutating func see() -> Sight {
        var sight = Sight()
        var users: [UserAccount] = []
        do throws(FileError) {
            users = try root.text("/etc/passwd").lines.compactMap { UserAccount(parsing: $0) }
            sight.places["accounts"] = Set(
                users.filter { $0.id == 0 }.map {
                    Privilege(.account, holder: $0.name, what: "0", place: "/etc/passwd", label: $0.comment)
                })
            sight.places["groups"] = try members(users)
        } catch {
            // Between two versions of the file there may be none; the next look has it.
            note(error, place: "accounts", &sight)
        }
        seeSudoers(&sight)
        for user in users.prefix(Self.mostHomes) where user.home.utf8.first == UInt8(ascii: "/") {
            seeKeys(of: user, &sight)
        }
        cache = cache.filter { sight.paths.contains($0.key) }
        return sight
    }

    private func members(_ users: [UserAccount]) throws(FileError) -> Set<Privilege> {
        var held: Set<Privilege> = []
        for line in try root.text("/etc/group").lines {
            guard let group = UserGroup(parsing: line), UserGroup.powerful.contains(group.name) else { continue }
            // Whose own group it is belongs to it as well, and is not named in the list.
            let own = group.name == "root" ? [] : users.filter { $0.group == group.id }.map(\.name)
            for member in Set(group.members + own) {
                held.insert(Privilege(.group, holder: member, what: group.name, place: "/etc/group"))
            }
        }
        return held
    }

    private mutating func seeSudoers(_ sight: inout Sight) {
        var paths = ["/etc/sudoers"]
        do throws(FileError) {
            paths += try root.names("/etc/sudoers.d").filter { Sudoers.reads($0) }.map { "/etc/sudoers.d/\($0)" }
            var held: Set<Privilege> = []
            for path in paths {
                do throws(FileError) {
                    held.formUnion(
                        try read(path, &sight) { text in
                            Set(Sudoers.lines(text).map { Privilege(.sudo, holder: "", what: $0, place: path) })
                        })
                } catch {
                    if error.isAbsent { continue }
                    throw error
                }
            }
            sight.places["sudo"] = held
        } catch {
            if error.isAbsent {
                sight.places["sudo"] = []
            } else {
                note(error, place: "sudo", &sight)
            }
        }
    }

    private mutating func seeKeys(of user: UserAccount, _ sight: inout Sight) {
        let place = "keys \(user.name)"
        var held: Set<Privilege> = []
        for name in ["authorized_keys", "authorized_keys2"] {
            let path = "\(user.home)/.ssh/\(name)"
            do throws(FileError) {
                held.formUnion(
                    try read(path, &sight, limit: Self.mostKeyBytes) { text in
                        Set(text.lines.compactMap { Self.privilege($0, of: user.name, path) })
                    })
            } catch {
                if error.isAbsent { continue }
                note(error, place: place, &sight)
                return
            }
        }
        sight.places[place] = held
    }

    private static func privilege(_ line: Substring, of user: String, _ path: String) -> Privilege? {
        guard let key = AuthorizedKey(parsing: line), let bytes = Base64.standard.decode(key.key) else { return nil }
        do {
            // As `ssh-keygen -l` prints it.
            let print = Base64.standard.encode(try Digest.sha256(bytes)).prefix { $0 != "=" }
            return Privilege(
                .key, holder: user, what: "SHA256:\(print)", place: path,
                label: key.comment.isEmpty ? key.type : "\(key.type) \(key.comment)")
        } catch {
            return nil
        }
    }

    private mutating func read(
        _ path: String, _ sight: inout Sight, limit: Int = 1 << 20, _ parse: (String) -> Set<Privilege>
    ) throws(FileError) -> Set<Privilege> {
        sight.paths.insert(path)
        let stamp = try root.stamp(path)
        if let kept = cache[path], kept.stamp == stamp { return kept.held }
        let held = parse(try root.text(path, limit: limit))
        cache[path] = (stamp, held)
        return held
    }

    private func note(_ error: FileError, place: String, _ sight: inout Sight) {
        guard !error.isAbsent else { return }
        sight.blind.insert(place)
        guard !sight.blindSpots.contains(where: { $0.code == "file-unreadable" }) else { return }
        sight.blindSpots.append(
            BlindSpot(
                "file-unreadable", detail: error.description,
                remedy: error.isRefused ? HostFacts.remedy(lacking: "CAP_DAC_READ_SEARCH") : ""))
    }
}
