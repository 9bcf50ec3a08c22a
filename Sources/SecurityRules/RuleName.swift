/// The rules by their stable names, as findings carry them.
package enum RuleName {
    package static let guessing = "sign-in-guessing"
    package static let entry = "sign-in-after-failures"
    package static let listener = "new-listener"
    package static let privilege = "new-privilege"
    package static let packages = "packages-changed"
    package static let certificateChanged = "certificate-changed"
    package static let certificateExpiring = "certificate-expiring"
}
