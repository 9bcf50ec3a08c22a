internal import ProcFS
internal import Vocabulary

extension SheetBuilder {
    /// The distribution, the kernel and what this machine calls itself.
    mutating func addSystem(architecture: String) {
        let release = (text("/etc/os-release") ?? text("/usr/lib/os-release")).map(OSRelease.parse) ?? [:]
        add(release["ID"].map { Fact("os", "id", value: $0) })
        add((release["PRETTY_NAME"] ?? release["NAME"]).map { Fact("os", "name", value: $0) })
        add(release["VERSION_ID"].map { Fact("os", "version", value: $0) })
        add(release["VERSION_CODENAME"].map { Fact("os", "codename", value: $0) })
        if release["ID"] == "debian" {
            add(value("/etc/debian_version").map { Fact("os", "point-release", value: $0) })
        }
        add(value("/proc/sys/kernel/osrelease").map { Fact("os", "kernel", value: $0) })
        add(Fact("os", "architecture", value: architecture))
        let hostname = value("/proc/sys/kernel/hostname") ?? ""
        add(Fact("os", "hostname", value: hostname))
        let qualified = text("/etc/hosts").flatMap { HostsFile.qualifiedName(of: hostname, in: $0) }
        add(qualified.map { Fact("os", "fqdn", value: $0) })
        add(timezone.map { Fact("os", "timezone", value: $0) })
        let manager = root.exists("/run/systemd/system") ? "systemd" : value("/proc/1/comm")
        add(manager.map { Fact("service-manager", value: $0) })
    }

    private var timezone: String? {
        do throws(FileError) {
            let target = try root.link("/etc/localtime").split(separator: "/")
            if let folder = target.lastIndex(of: "zoneinfo") {
                return target[(folder + 1)...].joined(separator: "/")
            }
        } catch {
            // A plain file: its name is in the other place, if anywhere.
        }
        do throws(FileError) {
            return try root.text("/etc/timezone").trimmed
        } catch {
            return nil
        }
    }
}
