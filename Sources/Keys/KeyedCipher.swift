internal import COpenSSL
import Synchronization

/// A cipher with a key that serves many messages: what it makes of the key is made once.
package final class KeyedCipher: Sendable {
    private struct Handles: ~Copyable {
        let enciphering: CipherHandle
        let deciphering: CipherHandle
    }

    private let cipher: BlockCipher
    private let vectorLength: Int
    private let handles: Mutex<Handles>

    package init(_ cipher: BlockCipher, key: [UInt8]) throws(KeysError) {
        self.cipher = cipher
        let method = try cipher.method(keyLength: key.count)
        vectorLength = method.vectorLength
        let implementation = try attempt("start cipher", method.implementation)
        handles = Mutex(
            Handles(
                enciphering: try cipher.started(implementation, key, 1),
                deciphering: try cipher.started(implementation, key, 0)))
    }

    /// As many bytes as they were.
    package func encipher(_ bytes: [UInt8], initialVector: [UInt8]) throws(KeysError) -> [UInt8] {
        try handles.withLock { handles throws(KeysError) in
            try transform(bytes, initialVector, handles.enciphering)
        }
    }

    /// As many bytes as they were.
    package func decipher(_ bytes: [UInt8], initialVector: [UInt8]) throws(KeysError) -> [UInt8] {
        try handles.withLock { handles throws(KeysError) in
            try transform(bytes, initialVector, handles.deciphering)
        }
    }

    private func transform(
        _ bytes: [UInt8], _ initialVector: [UInt8], _ handle: borrowing CipherHandle
    ) throws(KeysError) -> [UInt8] {
        guard initialVector.count == vectorLength, cipher != .desCBC || bytes.count.isMultiple(of: 8),
            let count = Int32(exactly: bytes.count)
        else {
            throw KeysError("encipher", "\(bytes.count) bytes with a vector of \(initialVector.count)")
        }
        guard count > 0 else { return [] }
        // The closure may not hold the handle itself, which is borrowed.
        let context = handle.pointer
        try attempt("start cipher", EVP_CipherInit_ex(context, nil, nil, nil, initialVector, -1))
        var done: Int32 = 0
        var isDone: Int32 = 0
        clearDregs()
        // With room for another block, which libcrypto does not promise to leave alone.
        let result = [UInt8](unsafeUninitializedCapacity: bytes.count + 16) { buffer, filled in
            isDone = EVP_CipherUpdate(context, buffer.baseAddress, &done, bytes, count)
            filled = isDone > 0 ? max(0, Int(done)) : 0
        }
        guard isDone > 0 else { throw .drained("encipher") }
        guard result.count == bytes.count else {
            throw KeysError("encipher", "\(done) of \(bytes.count) bytes came out")
        }
        return result
    }
}

extension BlockCipher {
    /// `direction`: libcrypto's, 1 to encipher and 0 to decipher.
    fileprivate func started(
        _ implementation: OpaquePointer, _ key: [UInt8], _ direction: Int32
    ) throws(KeysError) -> CipherHandle {
        let handle = try CipherHandle()
        let whole = self == .desCBC ? key + key + key : key
        try attempt("start cipher", EVP_CipherInit_ex(handle.pointer, implementation, nil, whole, nil, direction))
        // Feedback pads nothing, and libcrypto would be told so again at each message.
        if self == .desCBC { try attempt("start cipher", EVP_CIPHER_CTX_set_padding(handle.pointer, 0)) }
        return handle
    }
}
