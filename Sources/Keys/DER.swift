internal import COpenSSL

/// More than any request or certificate of ours needs, less than an ill-meant one would like.
private let largest = 1 << 16

/// The length as libcrypto takes it; refuses what is too long to be meant seriously.
func acceptable(_ der: [UInt8], _ operation: String) throws(KeysError) -> Int {
    guard der.count <= largest else { throw KeysError(operation, "\(der.count) bytes are too many") }
    return der.count
}

/// Reads one object that takes all of the bytes.
func reading(
    _ der: [UInt8], _ operation: String,
    by read: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> OpaquePointer?, else free: (OpaquePointer) -> Void
) throws(KeysError) -> OpaquePointer {
    let count = try acceptable(der, operation)
    return try der.withUnsafeBufferPointer { bytes throws(KeysError) in
        var cursor = bytes.baseAddress
        let made = try attempt(operation, read(&cursor, count))
        guard let start = bytes.baseAddress, let cursor, cursor - start == count else {
            free(made)
            throw KeysError(operation, "bytes follow it")
        }
        return made
    }
}

/// The bytes of one object, as one of libcrypto's `i2d` functions writes them into a buffer of its own making.
func written(
    _ operation: String, by write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32
) throws(KeysError) -> [UInt8] {
    var bytes: UnsafeMutablePointer<UInt8>?
    ERR_clear_error()
    let count = write(&bytes)
    guard count > 0, let bytes else { throw .drained(operation) }
    defer { haidang_free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
}
