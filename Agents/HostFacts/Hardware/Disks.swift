internal import ProcFS
internal import Vocabulary

extension SheetBuilder {
    /// The disks that are devices (`/sys/block`): no loops, RAM disks, volumes or RAIDs, which are made of others.
    mutating func addDisks() {
        for disk in names("/sys/block") {
            let folder = "/sys/block/\(disk)"
            guard root.exists("\(folder)/device") else { continue }
            let isRemovable = value("\(folder)/removable") == "1"
            // The kernel counts sectors of 512 bytes whatever the disk's own are.
            let sectors = value("\(folder)/size").flatMap { UInt64($0) } ?? 0
            let (bytes, overflow) = sectors.multipliedReportingOverflow(by: 512)
            // A card reader or DVD drive is the fact, not what lies in it today.
            if !isRemovable, !overflow { add(Fact("disk", disk, "bytes", value: String(bytes))) }
            add(Fact("disk", disk, "removable", value: isRemovable ? "yes" : "no"))
            add(
                value("\(folder)/queue/rotational").map {
                    Fact("disk", disk, "rotational", value: $0 == "1" ? "yes" : "no")
                })
            let udev = value("\(folder)/dev").flatMap { text("/run/udev/data/b\($0)") }.map(DeviceRecord.init(parsing:))
            add((value("\(folder)/device/model") ?? udev?.model).map { Fact("disk", disk, "model", value: $0) })
            // For these kinds of disk the file holds the bus's number, not a name.
            let vendor = value("\(folder)/device/vendor").flatMap { $0.hasPrefix("0x") ? nil : $0 }
            add(vendor.map { Fact("disk", disk, "vendor", value: $0) })
            add(serial(of: folder, record: udev).map { Fact("disk", disk, "serial", value: $0) })
        }
    }

    private mutating func serial(of folder: String, record: DeviceRecord?) -> String? {
        for file in ["device/serial", "serial"] {
            if let serial = value("\(folder)/\(file)"), !serial.isEmpty { return serial }
        }
        if let serial = record?.serial { return serial }
        do throws(FileError) {
            return DeviceRecord.serial(inPage80: try root.bytes("\(folder)/device/vpd_pg80", limit: 4096))
        } catch {
            return nil
        }
    }
}
