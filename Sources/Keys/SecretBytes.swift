internal import COpenSSL
import Synchronization

/// Bytes that must not outlive their use: held in one place, overwritten when the last owner lets go.
///
/// The bytes are lent, never handed out; who copies them answers for the copy.
package final class SecretBytes: Sendable {
    // The lock is what lets `deinit` write into storage that is otherwise constant.
    private let bytes: Mutex<[UInt8]>
    package let count: Int

    /// Takes the bytes over and overwrites `source` (not other copies of it).
    package init(wiping source: inout [UInt8]) {
        count = source.count
        bytes = Mutex(source.withUnsafeBufferPointer { Array($0) })
        source.wipe()
    }

    deinit {
        bytes.withLock { $0.wipe() }
    }

    /// New bytes from the system's random source.
    package static func random(_ count: Int) throws(KeysError) -> SecretBytes {
        var bytes = try Random.bytes(count)
        return SecretBytes(wiping: &bytes)
    }

    /// Lends the bytes for the time of `body`, which must not keep the pointer.
    package func withBytes<Result: Sendable, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withLock { bytes throws(Failure) in
            try bytes.withUnsafeBufferPointer { buffer throws(Failure) in try body(buffer) }
        }
    }
}

extension Array<UInt8> {
    /// Overwrites the bytes in a way that no optimiser removes, then empties the array.
    package mutating func wipe() {
        withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        removeAll()
    }

    /// Whether both are the same, in a time that depends on their lengths alone.
    package func isEqualInConstantTime(to other: [UInt8]) -> Bool {
        count == other.count && CRYPTO_memcmp(self, other, count) == 0
    }
}
