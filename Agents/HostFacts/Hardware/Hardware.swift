internal import ProcFS
internal import Vocabulary

extension SheetBuilder {
    /// What the firmware says of the machine (`/sys/class/dmi/id`, or the device tree); a container has neither.
    mutating func addHardware() {
        let folder = "/sys/class/dmi/id"
        for (fact, file) in Self.firmwareFiles {
            let text = text("\(folder)/\(file)") { error in
                BlindSpot("dmi-serial", detail: error.description, remedy: Self.capabilityRemedy("CAP_DAC_READ_SEARCH"))
            }
            guard let value = text.flatMap(Firmware.meaningful) else { continue }
            add(Fact("hardware", fact, value: fact == "chassis" ? Firmware.chassis(value) : value))
        }
        if !root.exists(folder) {
            add(value("/proc/device-tree/model").map { Fact("hardware", "model", value: $0) })
            add(value("/proc/device-tree/serial-number").map { Fact("hardware", "serial", value: $0) })
        }
        let signs = VirtualizationSigns(
            vendor: value("\(folder)/sys_vendor") ?? "", product: value("\(folder)/product_name") ?? "",
            hypervisorType: value("/sys/hypervisor/type") ?? "",
            hasHypervisorFlag: text("/proc/cpuinfo").map(ProcessorList.hasHypervisorFlag) ?? false,
            container: containerName)
        add(signs.name.map { Fact("hardware", "virtualization", value: $0) })
    }

    /// The container's kind in the words of whoever made it; empty outside of one.
    private var containerName: String {
        if root.exists("/.dockerenv") { return "docker" }
        if root.exists("/run/.containerenv") { return "podman" }
        do throws(FileError) {
            return try root.text("/run/systemd/container").trimmed
        } catch {
            return ""
        }
    }

    private static let firmwareFiles = [
        ("vendor", "sys_vendor"), ("model", "product_name"), ("serial", "product_serial"), ("uuid", "product_uuid"),
        ("version", "product_version"), ("chassis", "chassis_type"), ("bios-vendor", "bios_vendor"),
        ("bios-version", "bios_version"), ("bios-date", "bios_date"), ("board-vendor", "board_vendor"),
        ("board-model", "board_name"),
    ]
}
