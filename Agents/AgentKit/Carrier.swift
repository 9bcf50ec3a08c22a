internal import Glibc

/// Whether this machine is connected to any network, by what the kernel says of its interfaces.
package enum Carrier {
    /// False only when it is sure: there are interfaces beside loopback that are in use, and none has a carrier.
    package static func isPresent(in folder: String = "/sys/class/net") -> Bool {
        guard let listing = opendir(folder) else { return true }
        defer { closedir(listing) }
        var inUse = 0
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != "..", name != "lo" else { continue }
            switch carrier("\(folder)/\(name)/carrier") {
            case UInt8(ascii: "1"): return true
            case UInt8(ascii: "0"): inUse += 1
            // An interface that nobody has switched on cannot be read.
            default: continue
            }
        }
        return inUse == 0
    }

    private static func carrier(_ path: String) -> UInt8? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var byte: UInt8 = 0
        return read(file, &byte, 1) == 1 ? byte : nil
    }
}
