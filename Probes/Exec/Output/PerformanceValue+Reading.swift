package import Vocabulary

extension PerformanceValue {
    /// In the base unit: `exec_seconds{label="rta"}`, `exec_ratio`, `exec_bytes`, `exec_total` for what only grows, and
    /// `exec_value` for a plain number or a unit that the guidelines do not have, which then is a label; nil where the
    /// base unit makes it endless.
    package var reading: Reading? {
        let (name, times, parts) = Self.base(of: unit)
        let labels: KeyValuePairs<String, String> =
            name == nil ? ["label": label, "unit": unit] : ["label": label]
        let number = value * times / parts
        return number.isFinite ? Reading(Metric(name ?? "exec_value", labels), number) : nil
    }

    /// Plug-ins count in powers of 1024, whatever they call it.
    private static func base(of unit: String) -> (metric: String?, times: Double, parts: Double) {
        switch unit {
        case "": ("exec_value", 1, 1)
        case "s": ("exec_seconds", 1, 1)
        case "ms": ("exec_seconds", 1, 1000)
        case "us", "µs": ("exec_seconds", 1, 1_000_000)
        case "%": ("exec_ratio", 1, 100)
        case "B": ("exec_bytes", 1, 1)
        case "KB", "kB", "KiB": ("exec_bytes", 1024, 1)
        case "MB", "MiB": ("exec_bytes", 1_048_576, 1)
        case "GB", "GiB": ("exec_bytes", 1_073_741_824, 1)
        case "TB", "TiB": ("exec_bytes", 1_099_511_627_776, 1)
        case "c": ("exec_total", 1, 1)
        default: (nil, 1, 1)
        }
    }
}
