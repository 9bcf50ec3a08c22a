internal import ProcFS

/// The processors of `/proc/cpuinfo`; sockets and cores only where the architecture tells them there (x86).
package struct ProcessorList: Hashable, Sendable {
    package var model: String?
    package var sockets: Int?
    package var cores: Int?
    package var threads: Int

    /// Nil when there is no processor in it.
    package init?(parsing text: String) {
        threads = 0
        var packages: Set<Substring> = []
        var cores: Set<String> = []
        var physical: Substring = ""
        for line in text.lines {
            // The list of flags, by far the longest line, starts with none of these letters.
            guard let first = line.utf8.first, "pcm".utf8.contains(first), let (key, rest) = line.halves(at: ":")
            else { continue }
            let value = rest.trimmed
            switch key.trimmed {
            case "processor" where UInt32(value) != nil: threads += 1
            case "model name" where model == nil: model = String(value)
            case "physical id":
                physical = value
                packages.insert(value)
            case "core id": cores.insert("\(physical)/\(value)")
            default: continue
            }
        }
        guard threads > 0 else { return nil }
        if !packages.isEmpty { sockets = packages.count }
        if !cores.isEmpty { self.cores = cores.count }
    }

    /// Whether the first processor's flags name a hypervisor above it.
    package static func hasHypervisorFlag(_ text: String) -> Bool {
        text.lines.first { $0.hasPrefix("flags") }?.fields.contains("hypervisor") ?? false
    }
}
