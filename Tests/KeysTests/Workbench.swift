import Glibc
import Testing

/// A folder of its own in which the `openssl` command works, gone with this object.
final class Workbench {
    let folder: String

    init() throws {
        var template = Array("/tmp/haidang-keys-XXXXXX".utf8CString)
        folder = String(cString: try #require(mkdtemp(&template)))
    }

    deinit { system("rm -rf '\(folder)'") }

    func write(_ name: String, _ text: String) throws {
        try write(name, Array(text.utf8))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = try #require(fopen("\(folder)/\(name)", "w"))
        defer { fclose(file) }
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    func read(_ name: String) throws -> [UInt8] {
        let file = try #require(fopen("\(folder)/\(name)", "r"))
        defer { fclose(file) }
        return bytes(of: file)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try read(name), as: UTF8.self)
    }

    /// Runs a shell command in the folder; both outputs, and whether it succeeded.
    @discardableResult
    func run(_ command: String) throws -> (succeeded: Bool, output: String) {
        let pipe = try #require(popen("cd '\(folder)' && { \(command) ; } 2>&1", "r"))
        let output = String(decoding: bytes(of: pipe), as: UTF8.self)
        return (pclose(pipe) == 0, output)
    }

    /// The output of a command that must succeed, without blanks at its ends.
    @discardableResult
    func output(_ command: String) throws -> String {
        let result = try run(command)
        try #require(result.succeeded, "\(command): \(result.output)")
        return String(result.output.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private func bytes(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return all }
            all += chunk.prefix(count)
        }
    }
}
