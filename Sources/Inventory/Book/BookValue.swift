/// Reads what people write into a field of the book, and gives it the one form in which it is kept.
///
/// What comes out goes in again unchanged: `normal(normal(x)) == normal(x)`.
package enum BookValue {
    /// Far beyond any asset, and small enough that no sum of all of them overflows.
    private static let mostMoney: Int64 = 100_000_000_000_000

    /// The kept form of a text; empty when the text is blank.
    ///
    /// - Throws: `BookError` with what is wrong, in words for the person who wrote it.
    package static func normal(_ text: String, for field: BookField) throws(BookError) -> String {
        let text = text.trimmedBlanks
        guard !text.isEmpty else { return "" }
        switch field.form {
        case .text(let longest):
            guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
                throw BookError(field: field, problem: "holds a line break or another control character")
            }
            guard text.count <= longest else {
                throw BookError(field: field, problem: "has \(text.count) characters, \(longest) at most")
            }
            return text
        case .date:
            guard let date = BookDate(text) else {
                throw BookError(
                    field: field, problem: "\"\(text.shortened)\" is no date such as 2023-04-05 or 05/04/2023")
            }
            return date.description
        case .money:
            guard let amount = amount(text), amount <= mostMoney else {
                throw BookError(
                    field: field, problem: "\"\(text.shortened)\" is no whole amount of đồng such as 12500000")
            }
            return String(amount)
        case .count:
            guard let number = Int64(text), number >= 0 else {
                throw BookError(field: field, problem: "\"\(text.shortened)\" is no whole number")
            }
            return String(number)
        }
    }

    /// Whole đồng, with or without separators of thousands and the currency: `12.500.000 đ`, `12,500,000 VND`.
    private static func amount(_ text: String) -> Int64? {
        var digits = text
        for currency in ["VNĐ", "VND", "đồng", "đ", "₫"] where digits.lowercased().hasSuffix(currency.lowercased()) {
            digits = String(digits.dropLast(currency.count)).trimmedBlanks
            break
        }
        if let plain = digits.utf8.allSatisfy(isDigit) && !digits.isEmpty ? Int64(digits) : nil { return plain }
        // Separators only where thousands are separated, all of one kind: 1.5 and 1,500.00 are no whole đồng.
        for separator: Character in [".", ",", " ", "\u{a0}"] where digits.contains(separator) {
            let groups = digits.split(separator: separator, omittingEmptySubsequences: false)
            guard groups.allSatisfy({ $0.utf8.allSatisfy(isDigit) }), let first = groups.first,
                (1...3).contains(first.utf8.count), groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
            else { return nil }
            return Int64(groups.joined())
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

/// What is wrong with a value of the book.
package struct BookError: Error, Hashable, Sendable, CustomStringConvertible {
    package var field: BookField
    package var problem: String

    package init(field: BookField, problem: String) {
        self.field = field
        self.problem = problem
    }

    package var description: String { "\(field.rawValue): \(problem)" }
}

extension String {
    /// Without blanks at both ends; no-break spaces count, spreadsheets are full of them.
    package var trimmedBlanks: String {
        let front = drop { $0.isWhitespace }
        return String(front.dropLast(front.reversed().prefix { $0.isWhitespace }.count))
    }

    /// For a message: enough to find it by.
    fileprivate var shortened: String { count <= 40 ? self : prefix(40) + "…" }
}
