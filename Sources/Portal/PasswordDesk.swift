import Keys
import Storage

/// Hashes and checks passwords, one at a time and on a thread of its own: scrypt is slow on purpose.
actor PasswordDesk {
    private let executor = QueueExecutor(label: "haidang.passwords")
    /// What a password is compared with when there is no such person, so that both take equally long.
    private let nobody: PasswordHash

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init() throws {
        nobody = try PasswordHash(hashing: Base64.url.encode(try Random.bytes(16)))
    }

    func isRight(_ password: String, for person: PersonStore.Person?) throws -> Bool {
        guard let person else {
            _ = try nobody.matches(password)
            return false
        }
        return try PasswordHash(person.passwordHash).matches(password)
    }

    func hash(_ password: String) throws -> String {
        try PasswordHash(hashing: password).description
    }
}
