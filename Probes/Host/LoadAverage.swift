internal import ProcFS
package import Vocabulary

/// How many threads want a processor or wait for a disk, averaged over 1, 5 and 15 minutes (`/proc/loadavg`).
package struct LoadAverage: Hashable, Sendable {
    package var averages: [Double]

    package init?(parsing text: String) {
        averages = text.fields.prefix(3).compactMap { Double($0) }
        guard averages.count == 3, averages.allSatisfy(\.isFinite) else { return nil }
    }

    package var readings: [Reading] {
        zip(["host_load1", "host_load5", "host_load15"], averages).map { Reading(Metric($0), $1) }
    }
}
