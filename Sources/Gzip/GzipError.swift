/// Why bytes could not be unpacked.
package enum GzipError: Error, Hashable, Sendable {
    /// The input ends in the middle of a member, or is empty.
    case truncated
    /// Not gzip, or damaged: zlib's words, e.g. `incorrect data check`.
    case corrupt(String)
    /// Unpacked it would be more than the limit, in bytes; nothing of it is kept.
    case tooLarge(limit: Int)
    /// So many bytes follow the last member without being one.
    case trailing(bytes: Int)
    /// zlib could not get its working memory (some 270 KiB to pack, 40 KiB to unpack).
    case outOfMemory
}

extension GzipError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated: "gzip data ends too early"
        case .corrupt(let message): "gzip data is corrupt: \(message)"
        case .tooLarge(let limit): "gzip data unpacks to more than \(limit) bytes"
        case .trailing(let bytes): "\(bytes) bytes follow the gzip data"
        case .outOfMemory: "no memory for zlib"
        }
    }
}
