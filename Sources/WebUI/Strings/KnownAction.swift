/// What people do that is audited; an action from elsewhere is shown as it stands.
package enum KnownAction: String, CaseIterable, Sendable {
    case signIn = "sign-in"
    case signOut = "sign-out"
    case changePassword = "change-password"
    case resetPassword = "reset-password"
    case createEnrolmentToken = "create-enrolment-token"
    case createAsset = "create-asset"
    case updateAsset = "update-asset"
    case createRoute = "create-route"
    case updateRoute = "update-route"
    case createUnit = "create-unit"
    case updateUnit = "update-unit"
    case createSite = "create-site"
    case updateSite = "update-site"
    case removeAsset = "remove-asset"
    case removeUnit = "remove-unit"
    case removeSite = "remove-site"
    case removeRoute = "remove-route"
    case createRule = "create-rule"
    case updateRule = "update-rule"
    case removeRule = "remove-rule"
    case createHours = "create-hours"
    case updateHours = "update-hours"
    case removeHours = "remove-hours"
    case createMaintenance = "create-maintenance"
    case updateMaintenance = "update-maintenance"
    case endMaintenance = "end-maintenance"
    case removeMaintenance = "remove-maintenance"
    case testRoute = "test-route"
    case setSecret = "set-secret"
    case removeSecret = "remove-secret"
    case addPerson = "add-person"
    case removePerson = "remove-person"
    case createToken = "create-token"
    case revokeToken = "revoke-token"
    case acknowledgeFinding = "acknowledge-finding"
    case closeFinding = "close-finding"
    case acknowledgeIncident = "acknowledge-incident"
    case releaseIncident = "release-incident"
    case commentIncident = "comment-incident"
}

extension Words {
    func actionName(_ code: String) -> String {
        KnownAction(rawValue: code).map(action) ?? code
    }
}
