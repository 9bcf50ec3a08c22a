import Vocabulary

/// The rules that find things on machines; a rule from elsewhere is shown as it stands.
package enum KnownFinding: String, CaseIterable, Sendable {
    case guessing = "sign-in-guessing"
    case entry = "sign-in-after-failures"
    case listener = "new-listener"
    case privilege = "new-privilege"
    case packages = "packages-changed"
    case certificateChanged = "certificate-changed"
    case certificateExpiring = "certificate-expiring"
}

/// What findings rest on; a field from elsewhere is shown as it stands.
package enum KnownEvidence: String, CaseIterable, Sendable {
    case service, source, user, users, method, failures, address, program, group, rule, key, label, file
    case installed, upgraded, removed, command, certificate, ends, fingerprint
    case signedIn = "signed-in"
    case programPath = "program-path"
    case userID = "user-id"
    case requestedBy = "requested-by"
    case fingerprintBefore = "fingerprint-before"
}

extension Words {
    func ruleName(_ code: String) -> String {
        KnownFinding(rawValue: code).map(finding) ?? code
    }

    func evidenceName(_ field: String) -> String {
        KnownEvidence(rawValue: field).map(evidence) ?? field
    }
}
