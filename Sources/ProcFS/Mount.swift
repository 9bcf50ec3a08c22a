/// One line of `/proc/self/mountinfo` (proc(5)).
package struct Mount: Hashable, Sendable {
    /// `major:minor`: two mounts of one filesystem share it.
    package var deviceNumber: String
    /// The folder of the filesystem that is shown here; `/` unless it is a bind mount.
    package var source: String
    package var point: String
    package var type: String
    /// What is mounted, e.g. `/dev/sda1`, `server:/export`.
    package var device: String
    /// Of the filesystem itself, not of this mount: to a hardened service the whole machine is mounted read-only.
    package var isReadOnly: Bool

    /// What asking about its space may lead to.
    package enum Place: Hashable, Sendable {
        /// On a disk of this machine.
        case local
        /// Answered by another machine or by a program: a hung one would hang whoever asks.
        case remote
        /// Held by the kernel alone, or an image that is always full.
        case none
    }

    package var place: Place {
        if Self.localTypes.contains(type) { return .local }
        if type == "overlay", point == "/" { return .local }
        if Self.remoteTypes.contains(type) || type.hasPrefix("fuse.") { return .remote }
        return .none
    }

    private static let localTypes: Set<String> = [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "reiserfs", "zfs", "vfat", "exfat", "ntfs3", "bcachefs",
        "nilfs2",
    ]

    private static let remoteTypes: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "virtiofs", "ceph", "afs", "glusterfs", "lustre", "gfs2",
        "ocfs2", "beegfs", "fuse", "fuseblk",
    ]

    /// Nil when the line has too few fields or no ` - ` separator.
    package init?(parsing line: Substring) {
        let fields = line.fields
        guard fields.count >= 9, let separator = fields.dropFirst(6).firstIndex(of: "-"),
            separator + 3 < fields.count
        else { return nil }
        deviceNumber = String(fields[2])
        source = Self.unescaped(fields[3])
        point = Self.unescaped(fields[4])
        isReadOnly = fields[separator + 3].parts(at: ",").contains("ro")
        type = String(fields[separator + 1])
        device = Self.unescaped(fields[separator + 2])
    }

    /// The filesystems that have a disk or a server behind them, one entry each, by mount point.
    ///
    /// Bind mounts and later mounts over the same point are folded: the whole filesystem wins over a part of it, then
    /// the shorter path, then the first in order.
    package static func filesystems(parsing text: String) -> [Mount] {
        var byPoint: [String: Mount] = [:]
        for line in text.lines {
            guard let mount = Mount(parsing: line) else { continue }
            byPoint[mount.point] = mount
        }
        var byDevice: [String: Mount] = [:]
        for mount in byPoint.values where mount.place != .none {
            guard let other = byDevice[mount.deviceNumber] else {
                byDevice[mount.deviceNumber] = mount
                continue
            }
            if mount.rank < other.rank { byDevice[mount.deviceNumber] = mount }
        }
        return byDevice.values.sorted { $0.point < $1.point }
    }

    private var rank: (Int, Int, String) {
        (source == "/" ? 0 : 1, point.utf8.count, point)
    }

    /// Reads `\040` and its kin: a backslash and three octal digits.
    package static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return String(text) }
        var result: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "\\"), rest.count >= 3,
                let value = UInt8(String(Substring(rest.prefix(3))), radix: 8)
            {
                result.append(value)
                rest = rest.dropFirst(3)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
