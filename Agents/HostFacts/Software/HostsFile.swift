internal import ProcFS

/// `/etc/hosts` (hosts(5)).
package enum HostsFile {
    /// The full name that stands on a line with the short one; nothing is asked of a name server.
    package static func qualifiedName(of hostname: String, in text: String) -> String? {
        guard !hostname.isEmpty else { return nil }
        if hostname.contains(".") { return hostname }
        for line in text.lines {
            let names = line.prefix { $0 != "#" }.fields.dropFirst()
            guard names.contains(hostname[...]) else { continue }
            if let full = names.first(where: { $0.hasPrefix("\(hostname).") }) { return String(full) }
        }
        return nil
    }
}
