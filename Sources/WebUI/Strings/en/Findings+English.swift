import Vocabulary

extension Words {
    static let englishFindings = FindingsWords(
        title: "Findings", open: "Open", noOpen: "Nothing is open.", closed: "Closed",
        noClosed: "Nothing has been closed yet.", closedBy: "Closed by", evidence: "Evidence", times: "Times",
        acknowledge: "I look into it", close: "Close")

    static func englishSeverity(_ severity: Severity) -> String {
        switch severity {
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        }
    }

    static func englishFinding(_ rule: KnownFinding) -> String {
        switch rule {
        case .guessing: "Somebody is trying passwords"
        case .entry: "Signed in after many failed tries"
        case .listener: "A new open port"
        case .privilege: "New power over the machine"
        case .packages: "Packages changed"
        case .certificateChanged: "A certificate was changed"
        case .certificateExpiring: "A certificate ends soon"
        }
    }

    static func englishEvidence(_ field: KnownEvidence) -> String {
        switch field {
        case .service: "through"
        case .source: "from"
        case .user: "account"
        case .users: "accounts tried"
        case .method: "by"
        case .failures: "failed tries"
        case .address: "listens on"
        case .program: "program"
        case .group: "group"
        case .rule: "rule"
        case .key: "key"
        case .label: "called"
        case .file: "in"
        case .installed: "installed"
        case .upgraded: "upgraded"
        case .removed: "removed"
        case .command: "command"
        case .certificate: "certificate of"
        case .ends: "ends"
        case .fingerprint: "SHA-256"
        case .signedIn: "signed in"
        case .programPath: "file"
        case .userID: "user id"
        case .requestedBy: "asked for by"
        case .fingerprintBefore: "SHA-256 before"
        }
    }
}
