import Foundation

/// What a person searches for: every word of it must be there, without case and diacritics, so that `thu dau mot` finds
/// `Thủ Dầu Một`; đ counts as d.
struct SearchText: Sendable {
    private let words: [[UInt8]]

    init(_ text: String) {
        words = text.split(separator: " ").map { Self.folded(String($0)) }.filter { !$0.isEmpty }
    }

    var isEmpty: Bool { words.isEmpty }

    /// Compares bytes: a list of ten thousand is searched while its reader waits.
    func isFound(in text: String) -> Bool {
        guard !isEmpty else { return true }
        let folded = Self.folded(text)
        return words.allSatisfy { Self.contains(folded, $0) }
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard text.count >= word.count, let first = word.first else { return word.isEmpty }
        let last = text.count - word.count
        return text.withUnsafeBufferPointer { text in
            var start = 0
            while start <= last {
                if text[start] == first, word.indices.allSatisfy({ text[start + $0] == word[$0] }) { return true }
                start += 1
            }
            return false
        }
    }

    static func folded(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: result.append(UInt8(truncatingIfNeeded: scalar.value + 0x20))
            case ..<0x80: result.append(UInt8(truncatingIfNeeded: scalar.value))
            case 0x300...0x36F: continue
            case latin: result += table[Int(scalar.value - latin.lowerBound)]
            case vietnamese: result += table[Int(scalar.value - vietnamese.lowerBound) + latin.count]
            default: result += slowly(scalar)
            }
        }
        return result
    }

    // The letters with marks that Latin alphabets have; those of Vietnamese among them.
    private static let latin: Range<UInt32> = 0x80..<0x250
    private static let vietnamese: Range<UInt32> = 0x1E00..<0x1F00
    private static let table: [[UInt8]] = (Array(latin) + Array(vietnamese)).map { value in
        Unicode.Scalar(value).map(slowly) ?? []
    }

    private static func slowly(_ scalar: Unicode.Scalar) -> [UInt8] {
        if scalar == "đ" || scalar == "Đ" { return [UInt8(ascii: "d")] }
        let folded = String(scalar).folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        return Array(folded.lowercased().utf8)
    }
}

extension String {
    /// In the order in which a reader of names looks for them.
    var foldedForSorting: String { String(decoding: SearchText.folded(self), as: UTF8.self) }
}
