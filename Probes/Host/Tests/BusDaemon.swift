import Foundation
import Glibc
import Testing

/// A message bus of its own under a temporary root, for as long as a test needs one.
struct BusDaemon {
    let root: String
    private let process = Process()

    init() throws {
        root = "/tmp/bus-\(UUID().uuidString.prefix(8))"
        let folder = "\(root)/run/dbus"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let settings = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><listen>unix:path=\(folder)/system_bus_socket</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
            </busconfig>
            """
        try settings.write(toFile: "\(root)/bus.conf", atomically: true, encoding: .utf8)
        process.executableURL = URL(filePath: "/usr/bin/dbus-daemon")
        process.arguments = ["--config-file=\(root)/bus.conf", "--nofork", "--nopidfile", "--print-address"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It prints its address once it listens.
        let address = output.fileHandleForReading.availableData
        try #require(!address.isEmpty)
    }

    func stop() {
        // It inherits the blocked signals of the thread that started it: SIGTERM would never reach it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: root)
    }
}
