/// Main memory and swap as the kernel counts them (`/proc/meminfo`), in bytes.
package struct MemoryInfo: Hashable, Sendable {
    package var total: UInt64
    /// What programs can still get without swapping; estimated from free and cached where the kernel (< 3.14) does not.
    package var available: UInt64
    package var buffers: UInt64
    package var cached: UInt64
    package var swapTotal: UInt64
    package var swapFree: UInt64

    /// Nil when the total is missing, zero or no number.
    package init?(parsing text: String) {
        var values: [Substring: UInt64] = [:]
        for line in text.lines {
            guard let (key, rest) = line.halves(at: ":"), let number = rest.fields.first, let value = UInt64(number)
            else { continue }
            let (bytes, overflow) = value.multipliedReportingOverflow(by: 1024)
            if !overflow { values[key] = bytes }
        }
        guard let total = values["MemTotal"], total > 0 else { return nil }
        self.total = total
        buffers = values["Buffers"] ?? 0
        cached = values["Cached"] ?? 0
        swapTotal = values["SwapTotal"] ?? 0
        swapFree = min(values["SwapFree"] ?? 0, swapTotal)
        var estimate: UInt64 = 0
        for part in [values["MemFree"] ?? 0, buffers, cached] {
            let (sum, overflow) = estimate.addingReportingOverflow(part)
            estimate = overflow ? .max : sum
        }
        available = min(values["MemAvailable"] ?? estimate, total)
    }
}
