import Foundation

/// A file that only its owner reads, whole or not there at all.
package enum PrivateFile {
    /// Writes a new file beside the old one and puts it in its place, mode 0600.
    package static func write(_ text: String, to path: String) throws(PrivateFileError) {
        let temporary = "\(path).new"
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: temporary, contents: Data(text.utf8), attributes: attributes)
        else {
            throw PrivateFileError(path: temporary, problem: String(cString: strerror(errno)))
        }
        guard rename(temporary, path) == 0 else {
            throw PrivateFileError(path: path, problem: String(cString: strerror(errno)))
        }
    }

    package static func read(_ path: String) throws(PrivateFileError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PrivateFileError(path: path, problem: String(cString: strerror(errno)))
        }
        return String(decoding: data, as: UTF8.self)
    }
}

package struct PrivateFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package var path: String
    package var problem: String

    package var description: String { "\(path): \(problem)" }
}
