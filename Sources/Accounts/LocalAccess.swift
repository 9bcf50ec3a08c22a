import Foundation
import Keys
package import Storage
package import Vocabulary

/// How the command line on the collector's own machine reaches it: address, pinned key and a token, in one file.
///
/// Made anew at each start of the collector; who may read the state folder may act as its administrator.
package struct LocalAccess: Codable, Hashable, Sendable {
    package var url: String
    /// `sha256//…`; empty on the plain loopback port.
    package var pinnedKey: String
    package var token: String

    /// What its token is for, as lists show it.
    static let purpose = "command line on this machine"

    package static func file(in folder: String) -> String {
        "\(folder)/cli.json"
    }

    /// Makes a token in the name of `person`, takes back the one before, and writes the file.
    package static func grant(
        url: String, pinnedKey: String, to person: String, folder: String, database: Database, at now: Instant
    ) async throws {
        let access = LocalAccess(url: url, pinnedKey: pinnedKey, token: Base64.url.encode(try Random.bytes(32)))
        let hash = try Digest.sha256(Array(access.token.utf8))
        try await database.write { connection in
            let people = PersonStore(connection)
            try people.removeTokens(person: person, purpose: purpose)
            try people.addToken(hash: hash, person: person, purpose: purpose, at: now)
        }
        let text = String(decoding: try JSONEncoder().encode(access), as: UTF8.self)
        try PrivateFile.write(text, to: file(in: folder))
    }

    /// What the collector wrote into its state folder.
    package init(folder: String) throws {
        let text = try PrivateFile.read(Self.file(in: folder))
        self = try JSONDecoder().decode(LocalAccess.self, from: Data(text.utf8))
    }

    private init(url: String, pinnedKey: String, token: String) {
        self.url = url
        self.pinnedKey = pinnedKey
        self.token = token
    }
}
