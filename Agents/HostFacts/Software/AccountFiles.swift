internal import ProcFS

/// One line of `/etc/passwd` (passwd(5)).
package struct UserAccount: Hashable, Sendable {
    package var name: String
    package var id: UInt32
    package var group: UInt32
    package var comment: String
    package var home: String
    package var shell: String

    /// Nil for a comment, an NIS line (`+`), and a line that is broken.
    package init?(parsing line: Substring) {
        let parts = line.parts(at: ":")
        guard parts.count == 7, let id = UInt32(parts[2]), let group = UInt32(parts[3]), let first = parts[0].first,
            first != "+", first != "-", first != "#"
        else { return nil }
        name = String(parts[0])
        self.id = id
        self.group = group
        comment = String(parts[4])
        home = String(parts[5])
        shell = String(parts[6])
    }
}

/// One line of `/etc/group` (group(5)).
package struct UserGroup: Hashable, Sendable {
    package var name: String
    package var id: UInt32
    package var members: [String]

    package init?(parsing line: Substring) {
        let parts = line.parts(at: ":")
        guard parts.count == 4, let id = UInt32(parts[2]), let first = parts[0].first, first != "+", first != "#"
        else { return nil }
        name = String(parts[0])
        self.id = id
        members = parts[3].trimmed.parts(at: ",").filter { !$0.isEmpty }.map { String($0) }.sorted()
    }
}
