package import ProbeSettings
package import Vocabulary

/// What may be set on an `exec` check: which plug-in of the agent's plug-in folder to run, and with which arguments.
/// Its target is the host that the plug-in asks; none: this machine.
package struct ExecSettings: ProbeSettings {
    package static var kind: ProbeKind { "exec" }
    /// Plug-ins give up by themselves after 10 s, and then say of what.
    package static var pace: Pace { Pace(every: .seconds(60), within: .seconds(15)) }

    /// The name of a file, never a path.
    package var plugin: String
    /// One word each, as the plug-in gets them, but for `$HOSTADDRESS$`.
    package var arguments: [String]

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        plugin = reader.text("plugin", default: "")
        guard Self.isName(plugin) else {
            let problem =
                plugin.isEmpty
                ? "is missing: the name of a file in the agent's plug-in folder, such as check_ssh"
                : "\"\(plugin)\" is no name of a plug-in, such as check_ssh: a file's name, never a path"
            throw SettingsError(key: "plugin", problem: problem)
        }
        do throws(ArgumentText.Fault) {
            arguments = try ArgumentText.words(reader.text("arguments", default: ""))
        } catch {
            throw SettingsError(key: "arguments", problem: error.problem)
        }
    }

    package static func validate(target: String) throws(SettingsError) {
        guard !target.isEmpty else { return }
        try HostPort.validate(host: target)
    }

    /// Letters, digits and `._+-`, not first a dot or a hyphen: nothing that leads out of a folder, hides, or looks like
    /// an option.
    package static func isName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isPlain && (1...100).contains(text.utf8.count) && text.first != "." && text.first != "-"
    }
}
