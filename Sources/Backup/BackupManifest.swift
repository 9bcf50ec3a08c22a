import Authority
import Foundation
package import Storage
import Vocabulary

/// What a backup says of itself, in `manifest.json`.
package struct BackupManifest: Codable, Hashable, Sendable {
    package struct File: Codable, Hashable, Sendable {
        package var name: String
        package var size: Int
        /// As 64 hexadecimal digits.
        package var sha256: String
    }

    static let name = "manifest.json"
    static let database = "haidang.sqlite"
    static let newestFormat = 1
    /// Every backup consists of these.
    static let files = [database] + AuthorityFiles.names

    package var format: Int
    /// The version of the program that wrote it.
    package var program: String
    /// The moment it shows, by the collector's clock.
    package var instant: String
    package var contents: DatabaseCopy.Contents
    package var files: [File]

    init(program: String, at now: Instant, contents: DatabaseCopy.Contents, files: [File]) {
        format = Self.newestFormat
        self.program = program
        instant = now.description
        self.contents = contents
        self.files = files
    }

    /// Reads the manifest of a backup; an error says what keeps this program from restoring it.
    package init(of folder: String) throws {
        let path = "\(folder)/\(Self.name)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BackupError(folder, "is no backup, or an incomplete one: it holds no readable \(Self.name)")
        }
        do {
            // A newer format may have other keys: what it says of itself comes first.
            let format = try JSONDecoder().decode(Format.self, from: data).format
            guard format <= Self.newestFormat else {
                throw BackupError(
                    path, "a newer program wrote it (format \(format), this one knows \(Self.newestFormat))")
            }
            self = try JSONDecoder().decode(BackupManifest.self, from: data)
        } catch is DecodingError {
            throw BackupError(path, "is damaged: it is no manifest of a backup")
        }
        guard contents.schema <= Schema.version else {
            throw BackupError(
                path,
                "a newer program wrote it (\(program), schema \(contents.schema)); this one knows schema "
                    + "\(Schema.version): install the newer program")
        }
        guard Set(files.map(\.name)) == Set(Self.files), files.count == Self.files.count else {
            throw BackupError(path, "is damaged: it does not list \(Self.files.joined(separator: ", "))")
        }
    }

    private struct Format: Codable {
        var format: Int
    }

    func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
}
