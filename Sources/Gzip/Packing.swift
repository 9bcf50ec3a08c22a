internal import CZlib

/// Packs bytes as one gzip member (RFC 1952), without name and time: equal input gives equal output.
///
/// `level` is zlib's, 1 (fast) to 9 (small).
package func gzip(_ bytes: [UInt8], level: Int = 6) throws(GzipError) -> [UInt8] {
    var stream = z_stream()
    guard haidang_deflate_init(&stream, Int32(min(max(level, 1), 9))) == Z_OK else { throw .outOfMemory }
    defer { deflateEnd(&stream) }
    var packed: [UInt8] = []
    var scratch = [UInt8](repeating: 0, count: 16 * 1024)
    var code = Z_OK
    bytes.withUnsafeBufferPointer { input in
        var input = Input(input)
        while code == Z_OK || code == Z_BUF_ERROR {
            input.refill(&stream)
            let flush = input.isAllGiven ? Z_FINISH : Z_NO_FLUSH
            let count = scratch.withUnsafeMutableBufferPointer { output in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                code = deflate(&stream, flush)
                return output.count - Int(stream.avail_out)
            }
            packed.append(contentsOf: scratch[..<count])
        }
    }
    guard code == Z_STREAM_END else { throw .outOfMemory }
    return packed
}

/// Hands a buffer to zlib in pieces that fit its 32-bit counters.
struct Input {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var given = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAllGiven: Bool { given == bytes.count }

    /// What zlib has not consumed, in the stream or not yet given to it.
    func remaining(_ stream: z_stream) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[(given - Int(stream.avail_in))...])
    }

    mutating func refill(_ stream: inout z_stream) {
        guard stream.avail_in == 0, !isAllGiven else { return }
        let piece = UnsafeBufferPointer(rebasing: bytes[given...].prefix(Int(UInt32.max)))
        // zlib does not write through next_in; the field lacks `const` for old compilers only.
        stream.next_in = UnsafeMutablePointer(mutating: piece.baseAddress)
        stream.avail_in = UInt32(piece.count)
        given += piece.count
    }
}
