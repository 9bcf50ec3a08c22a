import Glibc
import Testing

/// A folder of its own for one test, gone with this object.
final class StateFolder {
    let path: String
    var authority: String { path + "/authority" }

    init() throws {
        var template = Array("/tmp/haidang-authority-XXXXXX".utf8CString)
        path = String(cString: try #require(mkdtemp(&template)))
    }

    deinit { system("rm -rf '\(path)'") }

    /// The output of a shell command that must succeed, run in the authority's folder.
    @discardableResult
    func run(_ command: String) throws -> String {
        let pipe = try #require(popen("cd '\(path)' && { cd authority; \(command) ; } 2>&1", "r"))
        var output = ""
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), pipe) != nil {
            output += String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        try #require(pclose(pipe) == 0, "\(command): \(output)")
        return output
    }
}
