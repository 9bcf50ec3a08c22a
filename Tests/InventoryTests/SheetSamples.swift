import Inventory

enum SheetSamples {
    /// What Excel makes of a text as "Unicode text".
    static func utf16(_ text: String, littleEndian: Bool = true) -> [UInt8] {
        let units = [0xfeff] + Array(text.utf16)
        return units.flatMap { unit in
            let bytes = [UInt8(unit & 0xff), UInt8(unit >> 8)]
            return littleEndian ? bytes : bytes.reversed()
        }
    }

    static func marked(_ text: String) -> [UInt8] { [0xef, 0xbb, 0xbf] + Array(text.utf8) }

    /// The bytes of cells, so that texts that only look the same are told apart.
    static func bytes(_ rows: [[String]]) -> [[[UInt8]]] { rows.map { $0.map { Array($0.utf8) } } }

    static let units = [
        SheetPlace(name: "so-tttt", title: "Sở Thông tin và Truyền thông", code: "BD01"),
        SheetPlace(name: "ubnd-xa-an-son", title: "UBND xã An Sơn", code: "25981"),
        SheetPlace(name: "vp-1", title: "Văn phòng"),
        SheetPlace(name: "vp-2", title: "Văn phòng"),
    ]
    static let sites = [
        SheetPlace(name: "xa-an-son", title: "Xã An Sơn"), SheetPlace(name: "trung-tam", title: "Trung tâm dữ liệu"),
    ]
    static let assets = [
        SheetAsset(name: "web-1", assetClass: "server", unit: "so-tttt", book: [.code: "BD-0001", .title: "Máy chủ"]),
        SheetAsset(
            name: "line-1", assetClass: "line", book: [.code: "BD-0002", .carrier: "VNPT", .bandwidth: "50 Mbit/s"]),
    ]

    static var known: SheetImport.Known { .init(units: units, sites: sites, assets: assets) }

    /// The same inventory after a sheet was taken in.
    static func known(after sheet: SheetImport, before: SheetImport.Known) -> SheetImport.Known {
        var after = before
        for asset in sheet.changedRows.map(\.asset) {
            after.assets.removeAll { $0.name == asset.name }
            after.assets.append(asset)
        }
        return after
    }

    static func taken(
        _ text: String, choices: [String] = [], known: SheetImport.Known = known
    ) throws -> SheetImport {
        SheetImport(
            try SheetReader.read(marked(text)), choices: try choices.map(ColumnChoice.init), known: known)
    }
}
