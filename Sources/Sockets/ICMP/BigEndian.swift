extension RawSpan {
    /// The byte at an offset; 0 past the end, which callers have excluded by length.
    func byte(_ offset: Int) -> UInt8 {
        offset < byteCount ? unsafeLoad(fromByteOffset: offset, as: UInt8.self) : 0
    }

    /// Network byte order; 0 where the bytes do not reach, which callers have excluded by length.
    func big16(_ offset: Int) -> UInt16 { big(offset) }
    func big32(_ offset: Int) -> UInt32 { big(offset) }
    func big64(_ offset: Int) -> UInt64 { big(offset) }

    private func big<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> Number {
        guard offset + MemoryLayout<Number>.size <= byteCount else { return 0 }
        return Number(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
