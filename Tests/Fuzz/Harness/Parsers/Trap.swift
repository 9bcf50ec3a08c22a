/// No parser: shows that a run finds what it is there to find (Tests/Fuzz/run --self-check).
enum TrapParsers {
    static let all = [
        // An overflow behind three bytes that nobody gives away.
        Parser("overflow") { input in
            let bytes = input.bytes(4)
            guard bytes.count == 4, bytes[0] == 0x68, bytes[1] == 0x64, bytes[2] > 0xf0 else { return }
            demand(bytes[3] + bytes[2] > 0, "cannot be")
        },
        // Unchecked access past the end, which optimised code does not notice by itself.
        Parser("beyond") { input in
            let bytes = input.whole()
            guard bytes.count == 5, bytes[0] == 0x68 else { return }
            let sum = bytes.withUnsafeBufferPointer { $0[Int($0[1])] }
            demand(sum < 255, "cannot be")
        },
        Parser("hang") { input in
            guard input.byte() == 0x68 else { return }
            while input.count < 1000 { _ = input.flag() }
        },
    ]
}
