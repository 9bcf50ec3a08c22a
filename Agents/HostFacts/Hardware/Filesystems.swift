internal import ProcFS
internal import Vocabulary

extension SheetBuilder {
    /// What is mounted from disks and servers; servers are not asked for their size, because a hung one would hang us.
    mutating func addFilesystems(capacity: (String) throws(FileError) -> Capacity) {
        guard let text = text("/proc/self/mountinfo") else { return }
        for mount in Mount.filesystems(parsing: text) {
            add(Fact("filesystem", mount.point, "device", value: mount.device))
            add(Fact("filesystem", mount.point, "type", value: mount.type))
            // The size of a ZFS dataset is what is left of its pool: it changes with every write.
            guard mount.place == .local, mount.type != "zfs" else { continue }
            do throws(FileError) {
                let bytes = try capacity(root.absolute(mount.point)).total
                add(Fact("filesystem", mount.point, "bytes", value: String(bytes)))
            } catch {
                if error.isRefused { see(not: Self.unreadable(error)) }
            }
        }
    }
}
