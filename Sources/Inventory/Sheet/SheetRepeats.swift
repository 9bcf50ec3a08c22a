/// Finds rows that speak of one asset twice, and codes that are another's.
struct SheetRepeats {
    private let owners: [String: String]
    private var rowsByName: [String: Int] = [:]
    private var rowsByCode: [String: Int] = [:]

    init(known: [SheetAsset]) {
        owners = Dictionary(known.filter { !$0.code.isEmpty }.map { ($0.code, $0.name) }) { first, _ in first }
    }

    mutating func check(_ asset: SheetAsset, _ cells: inout SheetCells) {
        let row = cells.row.row
        let isNamed = cells.filled(.name) != nil
        if let code = cells.filled(.book(.code))?.text, !cells.hasFault(at: .book(.code)) {
            if let first = rowsByCode[code] {
                cells.fail(.book(.code), "row \(first) has this code too")
            } else {
                rowsByCode[code] = row
                if let owner = owners[code], owner != asset.name {
                    cells.fail(.book(.code), "this is the code of the asset \(owner)")
                }
            }
        }
        guard let first = rowsByName[asset.name] else {
            rowsByName[asset.name] = row
            return
        }
        if isNamed {
            cells.fail(.name, "row \(first) is about the asset \(asset.name) too")
        } else if !cells.hasFault(at: .book(.code)) {
            cells.fail(.book(.code), "row \(first) is about the asset \(asset.name) too, which has this code")
        }
    }
}
