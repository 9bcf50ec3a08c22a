internal import CZlib

/// Unpacks gzip data (RFC 1952) of at most `limit` bytes; several members one after another are joined.
///
/// It runs twice: once to learn the size into a buffer that is thrown away, and once into an array of just that size.
/// So what is too large, damaged or followed by garbage costs some 60 KiB, however much it claims to hold.
package func gunzip(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    var size = 0
    try unpack(bytes) { piece throws(GzipError) in
        size += piece.count
        guard size <= limit else { throw .tooLarge(limit: limit) }
    }
    var unpacked: [UInt8] = []
    unpacked.reserveCapacity(size)
    try unpack(bytes) { piece throws(GzipError) in
        unpacked.append(contentsOf: piece)
    }
    return unpacked
}

/// Gives the content to `take` in pieces of at most 16 KiB.
private func unpack(
    _ bytes: [UInt8], take: (ArraySlice<UInt8>) throws(GzipError) -> Void
) throws(GzipError) {
    var stream = z_stream()
    guard haidang_inflate_init(&stream) == Z_OK else { throw .outOfMemory }
    defer { inflateEnd(&stream) }
    var scratch = [UInt8](repeating: 0, count: 16 * 1024)
    var failure: GzipError?
    bytes.withUnsafeBufferPointer { buffer in
        var input = Input(buffer)
        do throws(GzipError) {
            while true {
                input.refill(&stream)
                let (code, count) = inflateOnce(&stream, into: &scratch)
                try take(scratch[..<count])
                switch code {
                case Z_OK: continue
                case Z_STREAM_END:
                    let rest = input.remaining(stream)
                    guard !rest.isEmpty else { return }
                    guard rest.starts(with: [0x1f, 0x8b]) else { throw .trailing(bytes: rest.count) }
                    inflateReset(&stream)
                case Z_BUF_ERROR:
                    // No progress: with all input given, the rest is missing.
                    guard !input.isAllGiven else { throw .truncated }
                case Z_MEM_ERROR: throw .outOfMemory
                default: throw .corrupt(stream.msg.map { String(cString: $0) } ?? "zlib \(code)")
                }
            }
        } catch {
            failure = error
        }
    }
    if let failure { throw failure }
}

private func inflateOnce(_ stream: inout z_stream, into scratch: inout [UInt8]) -> (code: Int32, count: Int) {
    scratch.withUnsafeMutableBufferPointer { output in
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let code = inflate(&stream, Z_NO_FLUSH)
        return (code, output.count - Int(stream.avail_out))
    }
}
