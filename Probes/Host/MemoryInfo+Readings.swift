package import ProcFS
package import Vocabulary

extension MemoryInfo {
    /// Memory and swap in bytes and as ratios; no swap ratio where there is no swap.
    package var readings: [Reading] {
        var readings = [
            Reading(Metric("host_memory_total_bytes"), Double(total)),
            Reading(Metric("host_memory_available_bytes"), Double(available)),
            Reading(Metric("host_memory_used_ratio"), 1 - Double(available) / Double(total)),
            Reading(Metric("host_memory_buffers_bytes"), Double(buffers)),
            Reading(Metric("host_memory_cached_bytes"), Double(cached)),
            Reading(Metric("host_swap_total_bytes"), Double(swapTotal)),
            Reading(Metric("host_swap_free_bytes"), Double(swapFree)),
        ]
        if swapTotal > 0 {
            readings.append(Reading(Metric("host_swap_used_ratio"), 1 - Double(swapFree) / Double(swapTotal)))
        }
        return readings
    }
}
