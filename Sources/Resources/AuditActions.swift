/// What the audit calls the changes of one kind of resource.
struct AuditActions {
    var created: String
    var updated: String
    var removed: String

    func of(_ action: ApplyPlan.Change.Action) -> String {
        action == .create ? created : updated
    }
}

extension Resource.Kind {
    var auditActions: AuditActions {
        switch self {
        case .unit: AuditActions(created: "create-unit", updated: "update-unit", removed: "remove-unit")
        case .site: AuditActions(created: "create-site", updated: "update-site", removed: "remove-site")
        case .hours: AuditActions(created: "create-hours", updated: "update-hours", removed: "remove-hours")
        case .asset: AuditActions(created: "create-asset", updated: "update-asset", removed: "remove-asset")
        case .rule: AuditActions(created: "create-rule", updated: "update-rule", removed: "remove-rule")
        case .maintenance:
            AuditActions(
                created: "create-maintenance", updated: "update-maintenance", removed: "remove-maintenance")
        case .route: AuditActions(created: "create-route", updated: "update-route", removed: "remove-route")
        }
    }
}
