extension SheetImport {
    /// The bad rows as they were, and what is wrong with each: a file to mend and take in again. nil without bad rows.
    ///
    /// Where only its title tells an asset, the row gets the name that it would have had among all its like; among
    /// the bad rows alone it would count differently.
    package var badRows: [UInt8]? {
        let bad = rows.filter { !$0.isGood }
        guard !bad.isEmpty else { return nil }
        let kept = (0..<max(mapping.entries.count, bad.map(\.source.cells.count).max() ?? 0)).filter { index in
            index >= mapping.entries.count || mapping.entries[index].heading != ColumnMapping.problemHeading
        }
        let nameIndex = mapping.entry(of: .name).map { $0.column - 1 }
        let addsName = nameIndex == nil && bad.contains { $0.isToldByTitle }
        var writer = SheetWriter()
        var headings = kept.map { $0 < mapping.entries.count ? mapping.entries[$0].heading : "" }
        if addsName { headings.append(SheetColumn.name.word) }
        writer.add(headings + [ColumnMapping.problemHeading])
        for row in bad {
            var cells = kept.map { index in
                if index == nameIndex, row.isToldByTitle { return row.asset.name }
                return index < row.source.cells.count ? row.source.cells[index] : ""
            }
            if addsName { cells.append(row.isToldByTitle ? row.asset.name : "") }
            writer.add(cells + [row.faults.map(\.description).joined(separator: "; ")])
        }
        return writer.bytes
    }
}
