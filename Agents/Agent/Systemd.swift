import Credentials
import Glibc

/// The service manager, where there is one: a chroot and most containers have none.
enum Systemd {
    /// Whether it runs and could start this unit.
    static func knows(_ unit: String) -> Bool {
        access("/run/systemd/system", F_OK) == 0
            && ["/etc", "/usr/lib", "/lib"].contains { access("\($0)/systemd/system/\(unit)", F_OK) == 0 }
    }

    /// Waits until it is started.
    static func restart(_ unit: String) throws {
        let words = ["systemctl", "restart", unit].map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        var process = pid_t()
        let problem = posix_spawnp(&process, "systemctl", nil, nil, words + [nil], environ)
        guard problem == 0 else {
            throw StateError(path: "systemctl", problem: String(cString: strerror(problem)))
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw StateError(path: "systemctl") }
        }
        guard status == 0 else {
            throw StateError(path: "systemctl restart \(unit)", problem: "failed; `systemctl status \(unit)` says why")
        }
    }
}
