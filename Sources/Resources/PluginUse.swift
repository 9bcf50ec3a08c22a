import ExecSettings
import ProbeSettings
import Vocabulary

/// Whether what an asset is asked by plug-ins can be asked, by all rules together.
enum PluginUse {
    static func judge(_ checks: [Check], ofMachine isMachine: Bool, _ declaration: Declaration) throws {
        for check in checks where check.kind == ExecSettings.kind {
            let part = check.name.part
            let settings: ExecSettings
            do throws(SettingsError) {
                settings = try ExecSettings(check.settings)
            } catch {
                let problem =
                    check.settings["plugin"] == nil
                    ? "plugins: no rule says what \(part) is, such as checks: {\(part): {plugin: check_ssh}}"
                    : "plugins: \(part): \(error)"
                throw ResourceErrors(errors: [declaration.error(problem)])
            }
            guard check.target.isEmpty, !isMachine else { continue }
            if settings.arguments.contains(where: { $0.contains(ArgumentText.address) }) {
                let problem = "plugins: \(part) wants \(ArgumentText.address), and there is neither address nor url"
                throw ResourceErrors(errors: [declaration.error(problem)])
            }
        }
    }
}
