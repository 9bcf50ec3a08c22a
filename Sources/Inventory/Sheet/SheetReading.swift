import Vocabulary

/// Reads the cells of a row into an asset: a column that is absent leaves its value, an empty cell clears it.
struct SheetReading {
    let units: PlaceIndex
    let sites: PlaceIndex
    let check: SheetImport.TargetCheck

    func asset(_ identity: SheetIdentities.Identity, from cells: inout SheetCells) -> SheetAsset {
        var asset = identity.known ?? SheetAsset(name: identity.name ?? "")
        let assetClass = assetClass(of: &asset, from: &cells)
        place(.unit, units, &asset.unit, from: &cells)
        place(.site, sites, &asset.site, from: &cells)
        if let cell = cells.cell(.importance) {
            if let importance = cell.text.isEmpty ? .normal : SheetWords.importance(cell.text) {
                asset.importance = importance
            } else {
                let words = Importance.allCases.map(\.rawValue).joined(separator: ", ")
                cells.fail(.importance, "\"\(cell.text.prefix(40))\" is none of: \(words)")
            }
        }
        if let cell = cells.cell(.address) { asset.address = cell.text }
        if let cell = cells.cell(.url) { asset.url = cell.text }
        for field in BookField.allCases { book(field, &asset, from: &cells) }
        if let assetClass { judge(asset, of: assetClass, before: identity.known, &cells) }
        return asset
    }

    /// The asset's class; nil when there is none to judge the rest by.
    private func assetClass(of asset: inout SheetAsset, from cells: inout SheetCells) -> AssetClass? {
        if let cell = cells.filled(.assetClass) {
            guard let found = SheetWords.assetClass(cell.text) else {
                let words = AssetClass.all.map(\.name).joined(separator: ", ")
                cells.fail(.assetClass, "\"\(cell.text.prefix(40))\" is no class; known: \(words)")
                return nil
            }
            asset.assetClass = found.name
        } else if cells.isBroken(.assetClass) {
            return nil
        } else if cells.cell(.assetClass) != nil || asset.assetClass.isEmpty {
            cells.fail(.assetClass, "the class is missing")
            return nil
        }
        return AssetClass.named(asset.assetClass)
    }

    private func place(
        _ field: SheetColumn, _ places: PlaceIndex, _ value: inout String, from cells: inout SheetCells
    ) {
        guard let cell = cells.cell(field) else { return }
        guard !cell.text.isEmpty else {
            value = ""
            return
        }
        do throws(PlaceProblem) {
            value = try places.name(of: cell.text)
        } catch {
            cells.fail(field, error.problem)
        }
    }

    private func book(_ field: BookField, _ asset: inout SheetAsset, from cells: inout SheetCells) {
        guard let cell = cells.cell(.book(field)) else { return }
        do throws(BookError) {
            let value = try BookValue.normal(cell.text, for: field)
            asset.book[field] = value.isEmpty ? nil : value
        } catch {
            cells.fail(.book(field), error.problem)
        }
    }

    /// What no cell is wrong with by itself.
    private func judge(
        _ asset: SheetAsset, of assetClass: AssetClass, before: SheetAsset?, _ cells: inout SheetCells
    ) {
        let isOtherClass = before?.assetClass != assetClass.name
        for field in BookField.allCases where !assetClass.allFields.contains(field) {
            guard let value = asset.book[field], !value.isEmpty else { continue }
            if cells.filled(.book(field)) != nil {
                cells.fail(.book(field), "an asset of class \(assetClass.name) has no \(field.rawValue)")
            } else if isOtherClass {
                cells.fail(
                    .assetClass,
                    "an asset of class \(assetClass.name) has no \(field.rawValue), and this one has "
                        + "\"\(value.prefix(40))\"; empty it with a column \(field.rawValue)")
            }
        }
        for column in [SheetColumn.address, .url] where !asset[column].isEmpty {
            guard isOtherClass || before?[column] != asset[column] else { continue }
            if let problem = check(asset, column) {
                cells.fail(cells.cell(column) == nil ? .assetClass : column, problem)
            }
        }
    }
}
