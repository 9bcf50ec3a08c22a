package import Foundation

/// A new empty folder that is deleted with everything in it when nobody holds it any more.
package final class TemporaryFolder: Sendable {
    package let root: URL

    package init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("haidang-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    package func url(_ name: String) -> URL { root.appendingPathComponent(name) }

    package func path(_ name: String) -> String { url(name).path }

    /// Writes a file, making the folders on the way to it; gives its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try FileManager.default.createDirectory(
            at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url(name))
        return path(name)
    }

    package func bytes(of name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url(name)))
    }
}
