import Mustache

/// The templates, parsed once. They are part of the program: there is no folder to install or to lose.
package enum Templates {
    package static let sources: [String: [UInt8]] = [
        "Layout": PackageResources.Layout_mustache,
        "Badge": PackageResources.Badge_mustache,
        "Chart": PackageResources.Chart_mustache,
        "Contact": PackageResources.Contact_mustache,
        "Copy": PackageResources.Copy_mustache,
        "Named": PackageResources.Named_mustache,
        "Moment": PackageResources.Moment_mustache,
        "Paths": PackageResources.Paths_mustache,
        "Reason": PackageResources.Reason_mustache,
        "SignIn": PackageResources.SignIn_mustache,
        "ChangePassword": PackageResources.ChangePassword_mustache,
        "Overview": PackageResources.Overview_mustache,
        "Assets": PackageResources.Assets_mustache,
        "Asset": PackageResources.Asset_mustache,
        "AssetBook": PackageResources.AssetBook_mustache,
        "AssetFacts": PackageResources.AssetFacts_mustache,
        "Conference": PackageResources.Conference_mustache,
        "Sites": PackageResources.Sites_mustache,
        "SitesBranch": PackageResources.SitesBranch_mustache,
        "SitesHead": PackageResources.SitesHead_mustache,
        "SitesRow": PackageResources.SitesRow_mustache,
        "Site": PackageResources.Site_mustache,
        "Totals": PackageResources.Totals_mustache,
        "Alerts": PackageResources.Alerts_mustache,
        "Maintenance": PackageResources.Maintenance_mustache,
        "MaintenanceRow": PackageResources.MaintenanceRow_mustache,
        "Availability": PackageResources.Availability_mustache,
        "OpenAlerts": PackageResources.OpenAlerts_mustache,
        "Incident": PackageResources.Incident_mustache,
        "IncidentNotes": PackageResources.IncidentNotes_mustache,
        "Findings": PackageResources.Findings_mustache,
        "OpenFindings": PackageResources.OpenFindings_mustache,
        "Agents": PackageResources.Agents_mustache,
        "Packages": PackageResources.Packages_mustache,
        "Audit": PackageResources.Audit_mustache,
        "Message": PackageResources.Message_mustache,
    ]

    /// What could not be parsed: always empty, as a test demands.
    package static var faults: [String] { parsed.faults }

    /// The page of that template; what `screen` holds is escaped unless the template says that it is markup.
    static func html(_ name: String, _ screen: some Sendable) -> String {
        parsed.library.render(screen, withTemplate: name) ?? ""
    }

    private static let parsed: (library: MustacheLibrary, faults: [String]) = {
        MustacheContentTypes.register(EscapedMarkup(), named: EscapedMarkup.name)
        var library = MustacheLibrary()
        var faults: [String] = []
        for (name, bytes) in sources {
            do {
                let text = "{{% CONTENT_TYPE:\(EscapedMarkup.name)}}" + String(decoding: bytes, as: UTF8.self)
                try library.register(text, named: name)
            } catch {
                faults.append("\(name): \(error)")
            }
        }
        return (library, faults)
    }()
}
