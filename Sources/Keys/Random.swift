internal import COpenSSL

/// The system's random source, as libcrypto draws from it.
package enum Random {
    /// `count` unpredictable bytes; an error when the source has failed.
    package static func bytes(_ count: Int) throws(KeysError) -> [UInt8] {
        guard let length = Int32(exactly: count), length >= 0 else {
            throw KeysError("draw random bytes", "\(count) were asked for")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        guard length > 0 else { return bytes }
        try attempt("draw random bytes", RAND_bytes(&bytes, length))
        return bytes
    }
}
