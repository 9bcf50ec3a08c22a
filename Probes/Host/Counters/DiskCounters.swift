internal import ProcFS

/// What one disk did since the machine started (`/proc/diskstats`; kernel: Documentation/admin-guide/iostats).
package struct DiskCounters: Hashable, Sendable {
    package var bytesRead: UInt64
    package var bytesWritten: UInt64
    /// How long at least one request was under way.
    package var busyMilliseconds: UInt64

    package init(bytesRead: UInt64, bytesWritten: UInt64, busyMilliseconds: UInt64) {
        self.bytesRead = bytesRead
        self.bytesWritten = bytesWritten
        self.busyMilliseconds = busyMilliseconds
    }

    /// By device name; lines with too few or no numbers are left out.
    package static func parse(_ text: String) -> [String: DiskCounters] {
        var disks: [String: DiskCounters] = [:]
        for line in text.lines {
            let fields = line.fields
            guard fields.count >= 14, let read = UInt64(fields[5]), let written = UInt64(fields[9]),
                let busy = UInt64(fields[12])
            else { continue }
            // The kernel counts sectors of 512 bytes whatever the disk's own are.
            disks[String(fields[2])] = DiskCounters(
                bytesRead: read.multipliedReportingOverflow(by: 512).partialValue,
                bytesWritten: written.multipliedReportingOverflow(by: 512).partialValue, busyMilliseconds: busy)
        }
        return disks
    }
}
