internal import CCurl

/// libcurl's multi handle.
///
/// Sendable because: it is made by whoever begins the engine, and used and freed by the engine's thread alone.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init(_ pointer: UnsafeMutableRawPointer) {
        self.pointer = pointer
    }

    func free() {
        curl_multi_cleanup(pointer)
    }
}
