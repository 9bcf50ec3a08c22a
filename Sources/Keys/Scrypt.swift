internal import COpenSSL

/// The key derivation of RFC 7914: deliberately slow and hungry for memory.
package enum Scrypt {
    /// What a derivation costs.
    package struct Parameters: Hashable, Sendable {
        /// N: a power of two; memory and time grow with it.
        package var cost: UInt64
        /// r: the block size, in units of 128 bytes.
        package var blockSize: UInt64
        /// p: how many times the work is done.
        package var parallelism: UInt64

        package init(cost: UInt64, blockSize: UInt64, parallelism: UInt64) {
            self.cost = cost
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// For people's passwords: 32 MiB and about a tenth of a second.
        package static let standard = Parameters(cost: 1 << 15, blockSize: 8, parallelism: 1)

        /// Whether a stored hash may ask for this: neither worthless nor able to exhaust the machine (≤ 256 MiB).
        package var isAcceptable: Bool {
            guard (1 << 10...1 << 20).contains(cost), cost & (cost - 1) == 0 else { return false }
            guard (1...32).contains(blockSize), (1...16).contains(parallelism) else { return false }
            return cost * blockSize <= 1 << 21 && cost * blockSize * parallelism <= 1 << 22
        }
    }

    /// `count` bytes derived from a password and a salt.
    package static func derive(
        _ count: Int, from password: [UInt8], salt: [UInt8], parameters: Parameters
    ) throws(KeysError) -> [UInt8] {
        let (cost, block, times) = (parameters.cost, parameters.blockSize, parameters.parallelism)
        guard cost <= 1 << 24, block <= 1 << 10, times <= 1 << 10, (1...1024).contains(count) else {
            throw KeysError("derive a key", "N=\(cost) r=\(block) p=\(times) for \(count) bytes is out of range")
        }
        // Without a limit of our own libcrypto stops at 32 MiB, which the standard parameters just exceed.
        let memory = 128 * block * (cost + times + 2) + 1 << 20
        var derived = [UInt8](repeating: 0, count: count)
        let result = password.withUnsafeBytes { password in
            EVP_PBE_scrypt(
                password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt, salt.count, cost,
                block, times, memory, &derived, count)
        }
        try attempt("derive a key", result)
        return derived
    }
}
