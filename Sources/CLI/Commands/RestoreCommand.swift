import ArgumentParser
import Backup
import Foundation
import Vocabulary

/// `haidang restore SOURCE`: a backup becomes a collector's state again.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a backup the collector's state again; the collector must be stopped.",
        discussion: """
            Works on the collector's own machine only. Everything in the backup is checked first: the SHA-256 of each \
            file, the database from end to end, that keys and certificates belong together, and that no newer program \
            wrote it. Then the state is put into its place in one step, or nothing was changed.

            Without --state the folder is /var/lib/haidang/collector, or .haidang/collector where `make run` was \
            started. A state that is there already is moved aside with --replace, and never deleted.
            """)

    @Argument(help: "The folder that `haidang backup` made.")
    var source: String

    @Flag(help: "Move a state that is there already aside, to FOLDER.before-TIME.")
    var replace = false

    @OptionGroup var collector: CollectorOptions

    @Flag(help: "Print what was done as JSON.")
    var json = false

    func run() async throws {
        let state = collector.state ?? Self.usualFolder
        let outcome = try Restoration(state: state).restore(source, isReplacing: replace, at: .now)
        if json {
            let restored = Restored(
                state: state, manifest: outcome.manifest, movedAside: outcome.movedAside,
                notes: Self.notes(outcome.manifest.instant))
            print(try jsonText(restored))
            return
        }
        print("\(state): \(outcome.manifest.summary)")
        if let aside = outcome.movedAside { print("The state before it: \(aside)") }
        for note in Self.notes(outcome.manifest.instant) { print("- \(note)") }
    }

    private static var usualFolder: String {
        let local = ".haidang/collector"
        return FileManager.default.fileExists(atPath: local) ? local : "/var/lib/haidang/collector"
    }

    /// What no backup can bring back, said before somebody looks for it.
    private static func notes(_ instant: String) -> [String] {
        [
            "Start the collector. Agents deliver what still waits on their disks; none of it counts twice.",
            "What a collector took in after \(instant) is no longer on the agents' disks and cannot be had again: "
                + "samples and changes of that time are missing.",
            "A machine that enrolled, or renewed its certificate, after \(instant) is unknown here: enrol it again.",
            "Messages that were waiting at \(instant) are sent now, even if they were sent since.",
        ]
    }

    private struct Restored: Encodable {
        var state: String
        var manifest: BackupManifest
        var movedAside: String?
        var notes: [String]
    }
}
