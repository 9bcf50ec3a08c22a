import AgentKit
import Credentials
import Glibc

/// A file that holds a secret and that not everybody may read.
enum SecretFile {
    /// Its first line.
    static func read(_ path: String) throws(StateError) -> String {
        let secret = try text(of: path).prefix { !$0.isNewline }
        guard !secret.isEmpty else { throw StateError(path: path, problem: "its first line holds no secret") }
        return String(secret)
    }

    static func text(of path: String) throws(StateError) -> String {
        let text = try StateFile.read(path)
        var status = stat()
        guard stat(path, &status) == 0 else { throw StateError(path: path) }
        guard status.st_mode & 0o007 == 0 else {
            throw StateError(path: path, problem: "everybody on this machine may use it; try: chmod o= \(path)")
        }
        return text
    }
}
