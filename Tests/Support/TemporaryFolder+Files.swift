import Foundation

extension TemporaryFolder {
    package var path: String { root.path }

    package func file(_ name: String) -> String { path(name) }

    package func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The bytes of any file, by its whole path.
    package func read(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Writes bytes to any file, by its whole path.
    package func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Copies a file as a killed process leaves it: what was written, without a goodbye.
    package func copy(_ source: String, to target: String) throws {
        try write(try read(source), to: target)
    }
}
