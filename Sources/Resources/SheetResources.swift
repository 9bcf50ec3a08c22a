package import Inventory
import ProbeSettings
import Storage
import Vocabulary

extension SheetImport.Known {
    /// What the cells of a sheet may speak of, as it stands in the store.
    package init(_ current: CurrentResources) {
        self.init(
            units: current.units.map { SheetPlace(name: $0.name, title: $0.title, code: $0.code) },
            sites: current.sites.map { SheetPlace(name: $0.name, title: $0.title) },
            assets: current.assets.map(SheetAsset.init))
    }
}

extension SheetAsset {
    package init(_ asset: AssetResource) {
        self.init(
            name: asset.name, assetClass: asset.assetClass, unit: asset.unit, site: asset.site,
            address: asset.address, url: asset.url, importance: asset.importance, book: asset.book)
    }

    /// As a declaration of its row; what no sheet holds stays as the store has it.
    package func declaration(over current: CurrentResources, file: String, line: Int) -> Declaration {
        var asset = AssetResource(name: name, assetClass: assetClass)
        if case .asset(let known) = current.resource(.asset, named: name) { asset = known }
        asset.assetClass = assetClass
        asset.unit = unit
        asset.site = site
        asset.address = address
        asset.url = url
        asset.importance = importance
        asset.book = book
        return Declaration(.asset(asset), file: file, line: line)
    }
}

extension AssetTarget {
    /// What is wrong with the address or URL of a sheet's asset, in words; nil when nothing is.
    package static func problem(of asset: SheetAsset, _ column: SheetColumn) -> String? {
        let assetClass = AssetClass.named(asset.assetClass)
        do throws(SettingsError) {
            switch column {
            case .address: try validate(address: asset.address, for: assetClass)
            case .url: try validate(url: asset.url, for: assetClass)
            default: break
            }
            return nil
        } catch {
            return error.problem
        }
    }
}
