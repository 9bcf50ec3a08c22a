package import Vocabulary

extension PerformanceValue {
    /// In the base unit: `exec_seconds{label="rta"}`, `exec_ratio`, `exec_bytes`, `exec_total` for what only grows, and
    /// `exec_value` for a plain number or a unit that the guidelines do not have, which then is a label; nil where the
    /// base unit makes it endless.
    package var reading: Reading? {
        let (name, factor) = Self.base(of: unit)
        let labels: KeyValuePairs<String, String> =
            name == nil ? ["label": label, "unit": unit] : ["label": label]
        let number = value * factor
        return number.isFinite ? Reading(Metric(name ?? "exec_value", labels), number) : nil
    }

    /// Plug-ins count in powers of 1024, whatever they call it.
    private static func base(of unit: String) -> (metric: String?, factor: Double) {
        switch unit {
        case "": ("exec_value", 1)
        case "s": ("exec_seconds", 1)
        case "ms": ("exec_seconds", 0.001)
        case "us", "µs": ("exec_seconds", 0.000001)
        case "%": ("exec_ratio", 0.01)
        case "B": ("exec_bytes", 1)
        case "KB", "kB", "KiB": ("exec_bytes", 1024)
        case "MB", "MiB": ("exec_bytes", 1_048_576)
        case "GB", "GiB": ("exec_bytes", 1_073_741_824)
        case "TB", "TiB": ("exec_bytes", 1_099_511_627_776)
        case "c": ("exec_total", 1)
        default: (nil, 1)
        }
    }
}
