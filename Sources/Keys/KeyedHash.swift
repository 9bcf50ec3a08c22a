internal import COpenSSL
import Synchronization

/// HMAC (RFC 2104) with a key that proves many messages: what comes of the key alone is hashed once.
package final class KeyedHash: Sendable {
    /// After the key's two blocks, and one to work in.
    private struct Handles: ~Copyable {
        let inner: DigestHandle
        let outer: DigestHandle
        let work: DigestHandle
    }

    private let handles: Mutex<Handles>

    /// An error when the system's policy forbids the function, as FIPS does MD5.
    package init(_ function: HashFunction, key: [UInt8]) throws(KeysError) {
        let implementation = try attempt("authenticate", function.implementation)
        let inner = try DigestHandle()
        let outer = try DigestHandle()
        try attempt("authenticate", haidang_hmac_key(implementation, key, key.count, inner.pointer, outer.pointer))
        handles = Mutex(Handles(inner: inner, outer: outer, work: try DigestHandle()))
    }

    /// The code of the bytes, with zeros in the place of those in `blank`: where a message carries its own code.
    package func code(of bytes: [UInt8], blank: Range<Int> = 0..<0) throws(KeysError) -> [UInt8] {
        guard blank.lowerBound >= 0, blank.upperBound <= bytes.count else {
            throw KeysError("authenticate", "the place \(blank) of the code in \(bytes.count) bytes")
        }
        return try handles.withLock { handles throws(KeysError) in
            try HashFunction.filled("authenticate") {
                haidang_hmac(
                    handles.inner.pointer, handles.outer.pointer, handles.work.pointer, bytes, bytes.count,
                    blank.lowerBound, blank.count, $0, &$1)
            }
        }
    }
}
