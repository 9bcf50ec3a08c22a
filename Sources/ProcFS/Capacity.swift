internal import Glibc

/// The space of one filesystem (statvfs(3)), in bytes and inodes.
package struct Capacity: Hashable, Sendable {
    package var total: UInt64
    package var free: UInt64
    /// What programs without special rights can still write.
    package var available: UInt64
    package var inodes: UInt64
    package var freeInodes: UInt64

    package init(total: UInt64, free: UInt64, available: UInt64, inodes: UInt64, freeInodes: UInt64) {
        self.total = total
        self.free = free
        self.available = available
        self.inodes = inodes
        self.freeInodes = freeInodes
    }

    /// As `df` prints it: of what anybody could use, the part in use; nil for an empty filesystem.
    package var usedRatio: Double? {
        let used = Double(total) - Double(min(free, total))
        let usable = used + Double(available)
        return usable > 0 ? used / usable : nil
    }

    /// Nil where inodes are made on demand (btrfs, vfat).
    package var usedInodesRatio: Double? {
        inodes > 0 ? (Double(inodes) - Double(min(freeInodes, inodes))) / Double(inodes) : nil
    }

    /// Asks the kernel about the filesystem at that path, which must be a local one: a hung server would hang this.
    package static func ofFilesystem(at path: String) throws(FileError) -> Capacity {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw FileError(path: path, code: errno) }
        let block = UInt64(status.f_frsize)
        func bytes(_ blocks: UInt64) -> UInt64 {
            let (product, overflow) = blocks.multipliedReportingOverflow(by: block)
            return overflow ? .max : product
        }
        return Capacity(
            total: bytes(UInt64(status.f_blocks)), free: bytes(UInt64(status.f_bfree)),
            available: bytes(UInt64(status.f_bavail)), inodes: UInt64(status.f_files),
            freeInodes: UInt64(status.f_ffree))
    }
}
