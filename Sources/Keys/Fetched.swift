/// A method of libcrypto for the life of the program. Sendable, because nobody changes what it points to: libcrypto's
/// methods are constant once fetched, and are meant to be shared by threads (EVP_MD_fetch(3)).
struct Fetched: @unchecked Sendable {
    let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) {
        self.pointer = pointer
    }
}
