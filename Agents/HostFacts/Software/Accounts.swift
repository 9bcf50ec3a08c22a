internal import ProcFS
internal import Vocabulary

extension SheetBuilder {
    /// The users, and who is in the groups that give power over the machine; gives names by user id.
    mutating func addAccounts() -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        for line in (text("/etc/passwd") ?? "").lines {
            guard let user = UserAccount(parsing: line) else { continue }
            if names[user.id] == nil { names[user.id] = user.name }
            add(Fact("user", user.name, "uid", value: String(user.id)))
            add(Fact("user", user.name, "gid", value: String(user.group)))
            add(Fact("user", user.name, "home", value: user.home))
            add(Fact("user", user.name, "shell", value: user.shell))
            add(Fact("user", user.name, "comment", value: user.comment))
        }
        for line in (text("/etc/group") ?? "").lines {
            guard let group = UserGroup(parsing: line), UserGroup.powerful.contains(group.name) else { continue }
            // A group without members is a fact as well: who joins it then is a change.
            add([Fact("group", group.name, "members", value: group.members.joined(separator: ","))])
        }
        return names
    }
}

extension UserGroup {
    /// Each of them is as good as root, or reads what only root should.
    package static let powerful: Set<String> = ["sudo", "wheel", "adm", "root", "docker", "lxd"]
}
