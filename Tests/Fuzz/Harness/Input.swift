/// An input, taken from the front. What is not there any more is zero, or empty.
struct Input {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        rest = Array(bytes)[...]
    }

    var isEmpty: Bool { rest.isEmpty }
    var count: Int { rest.count }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func flag() -> Bool { byte() & 1 == 1 }

    mutating func choice<Choice>(of choices: [Choice]) -> Choice { choices[Int(byte()) % choices.count] }

    mutating func number<Number: FixedWidthInteger>(as: Number.Type = Number.self) -> Number {
        (0..<Number.bitWidth / 8).reduce(0) { number, _ in number << 8 | Number(truncatingIfNeeded: byte()) }
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// All that is left.
    mutating func whole() -> [UInt8] { bytes(rest.count) }

    mutating func text() -> String { String(decoding: whole(), as: UTF8.self) }

    /// Up to the next zero byte, or to the end.
    mutating func word() -> String {
        let word = rest.prefix { $0 != 0 }
        rest = rest.dropFirst(word.count + 1)
        return String(decoding: word, as: UTF8.self)
    }

    /// A datagram behind its length in two bytes.
    mutating func datagram() -> [UInt8] { bytes(Int(number(as: UInt16.self))) }

    /// All that is left, and the same in pieces: how many cuts there are stands in front, then how long each piece is.
    mutating func pieces() -> (whole: [UInt8], pieces: [[UInt8]]) {
        let lengths = (0..<Int(byte() & 7)).map { _ in Int(byte()) }
        let whole = whole()
        var rest = whole[...]
        var pieces: [[UInt8]] = []
        for length in lengths {
            pieces.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return (whole, pieces + [Array(rest)])
    }
}
