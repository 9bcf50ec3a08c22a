import AgentKit
import ArgumentParser
import CollectorWatch
import Credentials
import Glibc
import ProbeSettings

/// Where an agent's settings and its state are.
struct AgentOptions: ParsableArguments {
    /// What the settings say, with the secrets that they name.
    struct Read {
        var agent: AgentSettings
        var deadMan: DeadManSettings
        /// By the key that names the file.
        var secrets: [String: String]
    }

    @Option(help: "The agent's state folder.")
    var state: String?

    @Option(help: "The settings file; without it /etc/haidang/agent.conf is read where it exists.")
    var settings: String?

    private static let standard = "/etc/haidang/agent.conf"
    private static let keys = AgentSettings.keys + DeadManSettings.keys

    /// What this machine's agent uses, for a probe by hand; whoever may not read its settings gets the standard one.
    static func pluginFolder() throws -> String {
        let text = access(standard, R_OK) == 0 ? try StateFile.read(standard) : ""
        let file = try SettingsFile(text, file: standard, environment: Environment.haidang, keys: keys)
        return try file.read { reader throws(SettingsError) in try AgentSettings(from: &reader) }.pluginFolder
    }

    func read() throws -> Read {
        let path = settings ?? Self.standard
        let text = settings != nil || access(path, F_OK) == 0 ? try StateFile.read(path) : ""
        var environment = Environment.haidang
        if let state { environment["HAIDANG_STATE_FOLDER"] = state.hasPrefix("/") ? state : "./\(state)" }
        let file = try SettingsFile(
            text, file: path, environment: environment, keys: Self.keys)
        let agent = try file.read { reader throws(SettingsError) in try AgentSettings(from: &reader) }
        let deadMan = try file.read { reader throws(SettingsError) in try DeadManSettings(from: &reader) }
        var secrets: [String: String] = [:]
        for (key, path) in deadMan.secretFiles {
            do {
                secrets[key] = try SecretFile.read(path)
            } catch {
                throw AgentSettingsError(place: file.place(of: key), problem: "\(key): \(error)")
            }
        }
        return Read(agent: agent, deadMan: deadMan, secrets: secrets)
    }
}

/// The variables that are ours.
enum Environment {
    static var haidang: [String: String] {
        var found: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if text.hasPrefix("HAIDANG_"), let equals = text.firstIndex(of: "=") {
                found[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return found
    }
}
