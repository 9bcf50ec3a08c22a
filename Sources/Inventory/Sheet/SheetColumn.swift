/// What a column of a sheet can hold: a field of an asset or of its book.
package enum SheetColumn: Hashable, Sendable {
    case name
    case assetClass
    case unit
    case site
    case address
    case url
    case importance
    case book(BookField)

    /// In the order in which a sheet goes out.
    package static let all: [SheetColumn] =
        [.name, .assetClass, .unit, .site, .address, .url, .importance] + BookField.allCases.map(SheetColumn.book)

    /// Stable: what a mapping names, and the heading of a sheet that goes out for programs.
    package var word: String {
        switch self {
        case .name: "name"
        case .assetClass: "class"
        case .unit: "unit"
        case .site: "site"
        case .address: "address"
        case .url: "url"
        case .importance: "importance"
        case .book(let field): field.rawValue
        }
    }

    package init?(word: String) {
        guard let column = Self.all.first(where: { $0.word == word }) else { return nil }
        self = column
    }

    /// The column that people head with such a text; nil when nobody is known to.
    package init?(heading: String) {
        guard let column = Self.byHeading[heading.folded] ?? Self.byHeading[heading.withoutRemark.folded] else {
            return nil
        }
        self = column
    }

    private static let byHeading: [String: SheetColumn] = {
        var columns: [String: SheetColumn] = [:]
        for column in all {
            for heading in [column.word] + column.headings { columns[heading.folded] = column }
        }
        return columns
    }()
}

extension String {
    /// Without what stands in parentheses at the end: `Nguyên giá (đồng)`.
    fileprivate var withoutRemark: String {
        guard last == ")", let open = lastIndex(of: "(") else { return self }
        return String(self[..<open])
    }
}
