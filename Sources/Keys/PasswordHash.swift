/// A password as it is stored: `scrypt$N$r$p$SALT$HASH`, salt and hash in Base64.
package struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    package let parameters: Scrypt.Parameters
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// Hashes a new password with a fresh salt of 16 bytes.
    package init(hashing password: String, parameters: Scrypt.Parameters = .standard) throws(KeysError) {
        guard parameters.isAcceptable else { throw Self.unacceptable(parameters) }
        self.parameters = parameters
        salt = try Random.bytes(16)
        hash = try Self.derive(32, from: password, salt: salt, parameters: parameters)
    }

    /// Reads a stored hash; refuses parameters that are worthless or would exhaust the machine.
    package init(_ text: String) throws(KeysError) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let cost = UInt64(parts[1]), let block = UInt64(parts[2]),
            let times = UInt64(parts[3]), let salt = Base64.standard.decode(parts[4]),
            let hash = Base64.standard.decode(parts[5]), (8...64).contains(salt.count), (16...64).contains(hash.count)
        else { throw KeysError("read password hash", "not of the form scrypt$N$r$p$salt$hash") }
        parameters = Scrypt.Parameters(cost: cost, blockSize: block, parallelism: times)
        guard parameters.isAcceptable else { throw Self.unacceptable(parameters) }
        self.salt = salt
        self.hash = hash
    }

    package var description: String {
        "scrypt$\(parameters.cost)$\(parameters.blockSize)$\(parameters.parallelism)"
            + "$\(Base64.standard.encode(salt))$\(Base64.standard.encode(hash))"
    }

    /// Whether this is the password; takes as long as hashing it, however wrong it is.
    package func matches(_ password: String) throws(KeysError) -> Bool {
        let derived = try Self.derive(hash.count, from: password, salt: salt, parameters: parameters)
        return derived.isEqualInConstantTime(to: hash)
    }

    private static func derive(
        _ count: Int, from password: String, salt: [UInt8], parameters: Scrypt.Parameters
    ) throws(KeysError) -> [UInt8] {
        var bytes = Array(password.utf8)
        defer { bytes.wipe() }
        return try Scrypt.derive(count, from: bytes, salt: salt, parameters: parameters)
    }

    private static func unacceptable(_ parameters: Scrypt.Parameters) -> KeysError {
        KeysError(
            "use password hash",
            "N=\(parameters.cost) r=\(parameters.blockSize) p=\(parameters.parallelism) is out of range")
    }
}
