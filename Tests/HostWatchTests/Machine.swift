import Glibc
import HostFacts
import HostWatch
import Synchronization
import TestSupport
import Vocabulary

/// A machine's files in a folder, and the memory that outlives the watch.
final class Machine: Sendable {
    let folder: TemporaryFolder
    private let kept = Mutex<[String: [UInt8]]>([:])
    static let now = Instant(seconds: 1_680_674_828)  // 2023-04-05 06:07:08 UTC

    init() throws {
        folder = try TemporaryFolder()
        for path in [
            "/etc", "/var", "/var/log", "/var/lib", "/var/lib/dpkg", "/proc", "/proc/net", "/etc/sudoers.d", "/srv",
            "/srv/root",
        ] {
            mkdir(folder.path + path, 0o755)
        }
        try write("root:x:0:0:root:/srv/root:/bin/sh\nlan:x:1000:1000::/srv/lan:/bin/sh\n", to: "/etc/passwd")
        try write("root:x:0:\nsudo:x:27:lan\nadm:x:4:\nlan:x:1000:\n", to: "/etc/group")
        try write("root ALL=(ALL:ALL) ALL\n", to: "/etc/sudoers")
        try write("", to: "/var/log/auth.log")
        try write(Machine.package("hello", "1.0"), to: "/var/lib/dpkg/status")
        try write("", to: "/proc/net/tcp")
    }

    static func package(_ name: String, _ version: String) -> String {
        "Package: \(name)\nStatus: install ok installed\nVersion: \(version)\nArchitecture: amd64\n\n"
    }

    /// A new file in the place of the old one, as editors and useradd(8) do it.
    func write(_ text: String, to path: String) throws {
        try folder.write(Array(text.utf8), to: folder.path + path + ".new")
        guard rename(folder.path + path + ".new", folder.path + path) == 0 else { throw Failure(path: path) }
    }

    func append(_ text: String, to path: String) throws {
        guard let file = fopen(folder.path + path, "a") else { throw Failure(path: path) }
        fputs(text, file)
        fclose(file)
    }

    func move(_ path: String, to other: String) throws {
        guard rename(folder.path + path, folder.path + other) == 0 else { throw Failure(path: path) }
    }

    func makeFolder(_ path: String) { mkdir(folder.path + path, 0o700) }

    struct Failure: Error { var path: String }

    /// The agent as it starts, with what was kept.
    func watch() -> HostWatch {
        HostWatch(root: folder.path, facts: HostFacts(root: folder.path)) { name in
            self.kept.withLock { $0[name] }
        }
    }

    /// One look, whose memory is kept as the spool does.
    func look(_ watch: HostWatch, after seconds: Int64 = 0) async -> [Finding] {
        let sight = await watch.look(at: Machine.now + .seconds(seconds))
        kept.withLock { kept in for memory in sight.memory { kept[memory.name] = memory.body } }
        return sight.findings
    }
}

extension Machine {
    /// Writes into the file that is there, as `copytruncate` leaves it.
    func overwrite(_ text: String, _ path: String) throws {
        guard let file = fopen(folder.path + path, "w") else { throw Failure(path: path) }
        fputs(text, file)
        fclose(file)
    }
}
