package import Vocabulary

/// An asset as a sheet knows it: what stands in its columns, and nothing else.
package struct SheetAsset: Hashable, Sendable {
    package var name: String
    package var assetClass: String
    package var unit: String
    package var site: String
    package var address: String
    package var url: String
    package var importance: Importance
    package var book: [BookField: String]

    package init(
        name: String, assetClass: String = "", unit: String = "", site: String = "", address: String = "",
        url: String = "", importance: Importance = .normal, book: [BookField: String] = [:]
    ) {
        self.name = name
        self.assetClass = assetClass
        self.unit = unit
        self.site = site
        self.address = address
        self.url = url
        self.importance = importance
        self.book = book
    }

    var code: String { book[.code] ?? "" }
    var title: String { book[.title] ?? "" }

    package subscript(column: SheetColumn) -> String {
        switch column {
        case .name: name
        case .assetClass: assetClass
        case .unit: unit
        case .site: site
        case .address: address
        case .url: url
        case .importance: importance.rawValue
        case .book(let field): book[field] ?? ""
        }
    }
}

/// A unit or a site by what people call it.
package struct SheetPlace: Hashable, Sendable {
    package var name: String
    package var title: String
    /// Empty when it has none.
    package var code: String

    package init(name: String, title: String, code: String = "") {
        self.name = name
        self.title = title
        self.code = code
    }
}

/// Everything that goes out as a sheet.
package enum SheetExport {
    /// Whose headings a sheet bears: both kinds come in again.
    package enum Headings: String, CaseIterable, Sendable {
        case en
        case vi
    }

    /// In order of name, so that the same inventory gives the same bytes.
    package static func bytes(_ assets: [SheetAsset], headings: Headings = .en) -> [UInt8] {
        var writer = SheetWriter()
        writer.add(
            SheetColumn.all.map { column in
                switch headings {
                case .en: column.word
                case .vi: column.headings.first ?? column.word
                }
            })
        for asset in assets.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }) {
            writer.add(SheetColumn.all.map { asset[$0] })
        }
        return writer.bytes
    }
}
