internal import COpenSSL

/// One run of AES-256-GCM: start, authenticate, transform, finish, in this order.
struct Cipher: ~Copyable {
    enum Direction: Int32 {
        case opening = 0
        case sealing = 1
    }

    private let handle: CipherHandle

    init() throws(KeysError) {
        handle = try CipherHandle()
    }

    func start(_ direction: Direction, key: UnsafeBufferPointer<UInt8>, nonce: [UInt8]) throws(KeysError) {
        try attempt(
            "start cipher",
            EVP_CipherInit_ex(handle.pointer, EVP_aes_256_gcm(), nil, key.baseAddress, nonce, direction.rawValue))
    }

    func authenticate(_ bytes: [UInt8]) throws(KeysError) {
        guard let count = Int32(exactly: bytes.count) else { throw KeysError("seal", "the context is too long") }
        guard count > 0 else { return }
        var done: Int32 = 0
        try attempt("authenticate", EVP_CipherUpdate(handle.pointer, nil, &done, bytes, count))
    }

    func transform(_ bytes: [UInt8]) throws(KeysError) -> [UInt8] {
        guard let count = Int32(exactly: bytes.count) else { throw KeysError("encipher", "too many bytes") }
        guard count > 0 else { return [] }
        var result = [UInt8](repeating: 0, count: bytes.count)
        var done: Int32 = 0
        try attempt("encipher", EVP_CipherUpdate(handle.pointer, &result, &done, bytes, count))
        return result
    }

    /// The tag that proves context and bytes.
    func finishSealing(tagLength: Int) throws(KeysError) -> [UInt8] {
        var none = [UInt8](repeating: 0, count: 16)
        var done: Int32 = 0
        try attempt("finish cipher", EVP_CipherFinal_ex(handle.pointer, &none, &done))
        var tag = [UInt8](repeating: 0, count: tagLength)
        try attempt("finish cipher", haidang_get_tag(handle.pointer, &tag, Int32(tagLength)))
        return tag
    }

    /// Whether the tag proves context and bytes.
    func finishOpening(tag: [UInt8]) -> Bool {
        var none = [UInt8](repeating: 0, count: 16)
        var done: Int32 = 0
        return haidang_set_tag(handle.pointer, tag, Int32(tag.count)) == 1
            && EVP_CipherFinal_ex(handle.pointer, &none, &done) == 1
    }
}
