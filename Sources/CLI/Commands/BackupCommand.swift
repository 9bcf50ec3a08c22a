import ArgumentParser
import Backup
import Foundation
import Storage
import Vocabulary

/// `haidang backup TARGET`: database, keys and certificates in a new folder, while the collector works.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the collector's state into a new folder, while it runs.",
        discussion: """
            Works on the collector's own machine only. The copy shows one moment and was read once from end to end; a \
            manifest holds the SHA-256 of each file.

            Stored secrets stay encrypted in it, but it also holds the key to them (secrets.key) and that of the \
            authority (ca.key): whoever has the folder has the passwords, and can make agents. Keep it accordingly.
            """)

    @Argument(help: "The folder to make; it must not be there yet.")
    var target: String

    @OptionGroup var collector: CollectorOptions

    @Flag(help: "Print the manifest as JSON.")
    var json = false

    func run() async throws {
        let writer = BackupWriter(state: try collector.stateFolder(), program: Version.text)
        let manifest = try writer.write(to: target, at: .now)
        if json {
            print(try jsonText(BackupMade(backup: target, manifest: manifest)))
            return
        }
        print("\(target): \(manifest.summary)")
        print("It holds secrets.key and ca.key: whoever reads it can open every secret. Keep it under lock.")
    }

    private struct BackupMade: Encodable {
        var backup: String
        var manifest: BackupManifest
    }
}

extension BackupManifest {
    /// What was, or will be, there.
    var summary: String {
        let bytes = files.reduce(0) { $0 + $1.size }
        return "\(contents.assets) assets, \(contents.alerts) alerts, \(contents.samples) samples as of \(instant), "
            + "\(bytes) bytes in \(files.count) files, by version \(program)"
    }
}
