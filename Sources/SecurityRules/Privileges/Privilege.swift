internal import Vocabulary

/// Something that gives a person power over the machine.
package struct Privilege: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// An account with user id 0.
        case account
        /// A member of a group that is as good as root.
        case group
        /// A line of sudoers.
        case sudo
        /// A key that opens an account without a password.
        case key
    }

    package var kind: Kind
    /// The account, or the group's member; empty for a line of sudoers.
    package var holder: String
    /// What is held: the group, the line, the key's fingerprint.
    package var what: String
    /// Where it stands, and what its owner calls it; no part of what tells one from another.
    package var place: String
    package var label: String

    package init(_ kind: Kind, holder: String, what: String, place: String, label: String = "") {
        self.kind = kind
        self.holder = holder
        self.what = what
        self.place = place
        self.label = label
    }

    var identity: String { "\(kind.rawValue)\t\(holder)\t\(what)" }

    var subject: String {
        switch kind {
        case .account: "account \(holder)"
        case .group: "group \(what): \(holder)"
        case .sudo: "sudo: \(what.clipped(to: 160))"
        case .key: "key of \(holder): \(what)"
        }
    }

    /// Who reads logs, or opens an ordinary account, is less than root.
    var severity: Severity {
        switch kind {
        case .account, .sudo: .high
        case .group: what == "adm" ? .medium : .high
        case .key: holder == "root" ? .high : .medium
        }
    }

    var evidence: [Finding.Evidence] {
        let own: [Finding.Evidence] =
            switch kind {
            case .account: [.init("user", holder), .init("user-id", "0")]
            case .group: [.init("user", holder), .init("group", what)]
            case .sudo: [.init("rule", what.clipped(to: 1000))]
            case .key: [.init("user", holder), .init("key", what)]
            }
        return (own + [.init("label", label.clipped(to: 200)), .init("file", place)]).filter { !$0.text.isEmpty }
    }
}
