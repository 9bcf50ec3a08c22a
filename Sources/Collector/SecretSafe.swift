import Keys
import Storage
import Vocabulary

/// Opens secrets by their names, and seals what the collector itself has to keep.
struct SecretSafe: Sendable {
    let database: Database
    let box: SealedBox
    let now: @Sendable () -> Instant

    func read(_ name: String) async throws -> String {
        guard let sealed = try await database.read({ try SecretStore($0).sealed(name) }) else {
            throw MissingSecret(name: name)
        }
        return try open(sealed, named: name)
    }

    func open(_ sealed: [UInt8], named name: String) throws -> String {
        String(decoding: try box.open(sealed, context: Self.context(name)), as: UTF8.self)
    }

    func write(_ name: String, _ value: String) async throws {
        let (sealed, clock) = (try box.seal(Array(value.utf8), context: Self.context(name)), now())
        try await database.write { try SecretStore($0).put(name, sealed: sealed, at: clock) }
    }

    private static func context(_ name: String) -> [UInt8] {
        Array("secret:\(name)".utf8)
    }
}

private struct MissingSecret: Error, CustomStringConvertible {
    var name: String

    var description: String { "the secret \(name) is not set; `haidang secret set \(name)` sets it" }
}
