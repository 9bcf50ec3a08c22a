import Yams

/// What the collector is told by file, environment and command line.
struct CollectorSettings: Hashable, Sendable {
    var stateFolder = "/var/lib/haidang/collector"
    var web = Endpoint(host: "0.0.0.0", port: 8443)
    var agents = Endpoint(host: "0.0.0.0", port: 8444)
    /// Plain HTTP for the first look; the loopback only.
    var plainHTTP: Endpoint?
    /// Names and addresses that the collector's certificate shall carry, beside its own host name and the loopback.
    var names: [String] = []
    /// The name or address agents find the collector under; the first of `names` when empty.
    var address = ""
    /// Where the agent's Debian package is that this collector hands out.
    var packageFolder = "/usr/share/haidang"
    var logLevel = "info"

    /// Where a server listens.
    struct Endpoint: Hashable, Sendable, CustomStringConvertible {
        var host: String
        var port: Int

        var isLoopback: Bool { host.hasPrefix("127.") || host == "::1" || host == "localhost" }

        var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

        init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// Reads `127.0.0.1:8443` or `[::]:8443`; port 0 lets the system choose.
        init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
                return nil
            }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            guard !host.isEmpty else { return nil }
            self.init(host: String(host), port: Int(port))
        }
    }
}

/// A setting that cannot be taken: where it was written, and what is wrong with it.
struct CollectorSettingsError: Error, Hashable, CustomStringConvertible {
    var place: String
    var problem: String

    var description: String { "\(place): \(problem)" }
}

extension CollectorSettings {
    private static let keys = [
        "state-folder", "web", "agents", "plain-http", "names", "address", "package-folder",
        "log-level",
    ]
    private static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    /// Takes the keys of a YAML file; an unknown key or a bad value is refused with its line.
    mutating func take(yaml text: String, from file: String) throws {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw CollectorSettingsError(place: file, problem: "not YAML: \(error)")
        }
        guard let root, root.string != "" else { return }
        guard let mapping = root.mapping else {
            throw CollectorSettingsError(place: file, problem: "not a mapping of keys to values")
        }
        for (key, value) in mapping {
            let place = "\(file):\(key.mark?.line ?? 0)"
            guard let name = key.string, Self.keys.contains(name) else {
                throw CollectorSettingsError(
                    place: place,
                    problem: "unknown key \"\(key.string ?? "?")\"; known: \(Self.keys.joined(separator: ", "))")
            }
            if name == "names", let sequence = value.sequence {
                names = try sequence.map { item in
                    guard let text = item.string else {
                        throw CollectorSettingsError(
                            place: "\(file):\(item.mark?.line ?? 0)", problem: "names holds texts")
                    }
                    return text
                }
            } else if let text = value.string {
                try take(text, for: name, place: place)
            } else {
                throw CollectorSettingsError(place: place, problem: "\(name) takes one value")
            }
        }
        try validate()
    }

    /// Takes `HAIDANG_STATE_FOLDER` and its like.
    mutating func take(environment: [String: String]) throws {
        for key in Self.keys {
            let variable = "HAIDANG_" + key.uppercased().replacing("-", with: "_")
            guard let value = environment[variable] else { continue }
            try take(value, for: key, place: variable)
        }
        try validate()
    }

    mutating func take(_ value: String, for key: String, place: String) throws {
        switch key {
        case "state-folder": stateFolder = value
        case "web": web = try endpoint(value, place)
        case "agents": agents = try endpoint(value, place)
        case "plain-http": plainHTTP = try endpoint(value, place)
        case "names": names = value.split(separator: ",").map { String($0.filter { $0 != " " }) }
        case "address": address = value
        case "package-folder": packageFolder = value
        default:
            guard Self.levels.contains(value) else {
                throw CollectorSettingsError(
                    place: place, problem: "\"\(value)\" is none of: \(Self.levels.joined(separator: ", "))")
            }
            logLevel = value
        }
    }

    func validate() throws {
        if let plainHTTP, !plainHTTP.isLoopback {
            throw CollectorSettingsError(
                place: "plain-http", problem: "\(plainHTTP) is not on the loopback; without TLS nothing else is served")
        }
        guard stateFolder.hasPrefix("/") || stateFolder.hasPrefix(".") || !stateFolder.isEmpty else {
            throw CollectorSettingsError(place: "state-folder", problem: "empty")
        }
    }

    private func endpoint(_ text: String, _ place: String) throws -> Endpoint {
        guard let endpoint = Endpoint(text) else {
            throw CollectorSettingsError(place: place, problem: "\"\(text)\" is not address:port, such as 0.0.0.0:8443")
        }
        return endpoint
    }
}
