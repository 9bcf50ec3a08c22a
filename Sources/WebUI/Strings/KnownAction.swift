/// What people do that is audited; an action from elsewhere is shown as it stands.
package enum KnownAction: String, CaseIterable, Sendable {
    case signIn = "sign-in"
    case signOut = "sign-out"
    case changePassword = "change-password"
    case resetPassword = "reset-password"
    case createEnrolmentToken = "create-enrolment-token"
}

extension Words {
    func actionName(_ code: String) -> String {
        KnownAction(rawValue: code).map(action) ?? code
    }
}
