import Authority
import Backup
import Foundation
import SQLite
import Storage
import TestSupport
import Vocabulary

/// A collector's state folder with something in it, and where its backup goes.
struct State {
    static let now = Instant(seconds: 1_700_000_000)

    let folder: TemporaryFolder
    let path: String
    let backup: String
    let database: Database

    init() async throws {
        folder = try TemporaryFolder()
        path = folder.path("collector")
        backup = folder.path("backup")
        _ = try AuthorityFiles(folder: path).open(for: ServerNames(["localhost"]), at: Self.now)
        database = try await Database(path: "\(path)/haidang.sqlite", readers: 1)
        let now = Self.now
        try await database.write { connection in
            let asset = try AssetStore(connection).addEnrolled(name: "web-1", assetClass: "server", at: now)
            try AgentStore(connection).add(id: "a1", assetID: asset.id, machine: [1], at: now)
        }
    }

    /// One transaction that is only right as a whole: a number, twice.
    func writePair(_ number: Int) async throws {
        try await database.write { connection in
            for half in ["first", "second"] {
                try AuditStore(connection).write(
                    .init(at: State.now, who: "test", action: half, subject: "\(number)"))
            }
        }
    }

    /// The numbers whose pairs are in a database file; nil when a pair is not whole.
    static func pairs(in path: String) throws -> [Int]? {
        let connection = try Connection(path: path, mode: .readOnly)
        let rows = try connection.rows(
            "SELECT CAST(subject AS INTEGER), count(*) FROM audit WHERE who = 'test' GROUP BY 1 ORDER BY 1"
        ) { ($0.integer(0), $0.integer(1)) }
        return rows.allSatisfy { $0.1 == 2 } ? rows.map { Int($0.0) } : nil
    }

    func makeBackup() throws -> BackupManifest {
        try BackupWriter(state: path, program: "0.1.0").write(to: backup, at: Self.now)
    }

    func restore(to state: String? = nil, replacing: Bool = false) throws -> Restoration.Outcome {
        try Restoration(state: state ?? folder.path("restored")).restore(
            backup, isReplacing: replacing, at: Self.now)
    }

    /// Changes a key of the manifest.
    func editManifest(_ edit: (inout [String: Any]) -> Void) throws {
        let file = URL(fileURLWithPath: "\(backup)/manifest.json")
        var manifest = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        edit(&manifest)
        try JSONSerialization.data(withJSONObject: manifest).write(to: file)
    }

    /// Writes size and hash of a changed file into the manifest, as somebody would who forges one.
    func vouch(for name: String) throws {
        let bytes = try folder.read("\(backup)/\(name)")
        let hash = String(
            decoding: try Command.run("sha256sum", "\(backup)/\(name)").output.prefix(64), as: UTF8.self)
        try editManifest { manifest in
            guard var files = manifest["files"] as? [[String: Any]],
                let index = files.firstIndex(where: { $0["name"] as? String == name })
            else { return }
            files[index]["sha256"] = hash
            files[index]["size"] = bytes.count
            manifest["files"] = files
        }
    }

    /// Everything beside the state and the backup that an attempt left behind.
    func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.root.path)
            .filter { !["collector", "backup", "restored"].contains($0) }.sorted()
    }

    static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
