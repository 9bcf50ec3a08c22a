extension Words {
    /// Probes write English already; only signs become words here.
    static func englishPhrase(_ phrase: KnownPhrase) -> String {
        switch phrase {
        case .available: "at least {} available"
        case .bodyWithout: "a body without “{}”"
        case .bodyWith: "a body with “{}”"
        default: phrase.rawValue
        }
    }

    static func englishSubject(_ subject: KnownSubject) -> String {
        switch subject {
        case .cpu: "CPU"
        case .load: "Load"
        case .memory: "Memory in use"
        case .filesystems: "File systems in use"
        case .network: "Network traffic"
        case .disks: "Disk reads and writes"
        case .answers: "Time to answer"
        }
    }

    static func englishAction(_ action: KnownAction) -> String {
        switch action {
        case .signIn: "Signed in"
        case .signOut: "Signed out"
        case .changePassword: "Changed the password"
        case .resetPassword: "Reset the password"
        case .createEnrolmentToken: "Made an enrolment token"
        case .createAsset: "Added an asset"
        case .updateAsset: "Changed an asset"
        case .createRoute: "Added a route"
        case .updateRoute: "Changed a route"
        case .createUnit: "Added a unit"
        case .updateUnit: "Changed a unit"
        case .createSite: "Added a site"
        case .updateSite: "Changed a site"
        case .removeAsset: "Took out an asset"
        case .removeUnit: "Took out a unit"
        case .removeSite: "Took out a site"
        case .removeRoute: "Took out a route"
        case .createRule: "Added a rule"
        case .updateRule: "Changed a rule"
        case .removeRule: "Took out a rule"
        case .createHours: "Added hours"
        case .updateHours: "Changed hours"
        case .removeHours: "Took out hours"
        case .createMaintenance: "Announced maintenance"
        case .updateMaintenance: "Changed maintenance"
        case .endMaintenance: "Ended maintenance"
        case .removeMaintenance: "Took out maintenance"
        case .testRoute: "Sent a test message"
        case .setSecret: "Set a secret"
        case .removeSecret: "Removed a secret"
        case .addPerson: "Added a person"
        case .removePerson: "Removed a person"
        case .createToken: "Made an API token"
        case .revokeToken: "Took back an API token"
        case .acknowledgeFinding: "Looks into a finding"
        case .closeFinding: "Closed a finding"
        case .acknowledgeIncident: "Has an incident"
        case .releaseIncident: "Gave an incident back"
        case .commentIncident: "Commented on an incident"
        }
    }
}
