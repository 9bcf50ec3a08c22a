package import ProcFS
package import Vocabulary

/// One local filesystem and its space.
package struct FilesystemUse: Hashable, Sendable {
    package var mount: String
    package var isReadOnly: Bool
    package var capacity: Capacity

    package init(mount: String, isReadOnly: Bool, capacity: Capacity) {
        self.mount = mount
        self.isReadOnly = isReadOnly
        self.capacity = capacity
    }

    package var readings: [Reading] {
        var readings = [
            Reading(Metric("host_filesystem_total_bytes", ["mount": mount]), Double(capacity.total)),
            Reading(Metric("host_filesystem_free_bytes", ["mount": mount]), Double(capacity.available)),
        ]
        if let ratio = capacity.usedRatio {
            readings.append(Reading(Metric("host_filesystem_used_ratio", ["mount": mount]), ratio))
        }
        if let ratio = capacity.usedInodesRatio {
            readings.append(Reading(Metric("host_filesystem_inodes_used_ratio", ["mount": mount]), ratio))
        }
        return readings
    }
}
