/// What taking a sheet in would change, and what is wrong with it; every fault is told, not just the first.
package struct SheetImport: Sendable {
    /// What the cells of a sheet may speak of.
    package struct Known: Sendable {
        package var units: [SheetPlace]
        package var sites: [SheetPlace]
        package var assets: [SheetAsset]

        package init(units: [SheetPlace] = [], sites: [SheetPlace] = [], assets: [SheetAsset] = []) {
            self.units = units
            self.sites = sites
            self.assets = assets
        }
    }

    /// What is wrong with an asset's address or URL, in words; nil when nothing is.
    package typealias TargetCheck = (SheetAsset, SheetColumn) -> String?

    /// What becomes of one row.
    package struct Row: Sendable {
        package var source: SheetRow
        /// What the asset was before; nil when it is new.
        package var before: SheetAsset?
        /// What it is to be; to be taken only from a row without faults.
        package var asset: SheetAsset
        /// Whether nothing but its title tells the asset; its name then comes from its place among its like.
        package var isToldByTitle: Bool
        package var faults: [SheetFault]

        package var isGood: Bool { faults.isEmpty }
        package var isNew: Bool { before == nil }
        package var isSame: Bool { before == asset }
    }

    package let sheet: Sheet
    package let mapping: ColumnMapping
    package private(set) var rows: [Row] = []

    /// Of the headings first, then in order of row and column.
    package var faults: [SheetFault] { mapping.faults + rows.flatMap(\.faults) }

    /// Good rows that change anything. None when the headings are wrong: they may hold something else.
    package var changedRows: [Row] {
        mapping.faults.isEmpty ? rows.filter { $0.isGood && !$0.isSame } : []
    }

    package init(
        _ sheet: Sheet, choices: [ColumnChoice] = [], known: Known, check: @escaping TargetCheck = { _, _ in nil }
    ) {
        self.sheet = sheet
        mapping = ColumnMapping(heading: sheet.heading, choices: choices)
        let cells = sheet.rows.map { SheetCells($0, mapping: mapping) }
        var identities = SheetIdentities(
            known: known.assets, named: Set(cells.compactMap { $0.filled(.name)?.text }))
        let reading = SheetReading(
            units: PlaceIndex("unit", known.units), sites: PlaceIndex("site", known.sites), check: check)
        var repeats = SheetRepeats(known: known.assets)
        for cells in cells {
            var cells = cells
            let identity = identities.identity(of: &cells)
            let asset = reading.asset(identity, from: &cells)
            if identity.name != nil { repeats.check(asset, &cells) }
            rows.append(
                Row(
                    source: cells.row, before: identity.known, asset: asset, isToldByTitle: identity.isToldByTitle,
                    faults: cells.faults.sorted { $0.column < $1.column }))
        }
    }
}
