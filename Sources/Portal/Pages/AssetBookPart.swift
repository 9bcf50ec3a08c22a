import API
import Detection
import Inventory
import SQLite
import Storage
import Vocabulary
import WebUI

/// What the book says of an asset, and what it depends on.
struct AssetBookPart {
    let asset: AssetStore.Asset
    let places: Places
    let now: Instant

    func fill(_ page: inout AssetPage, _ connection: Connection, scope: Scope) throws {
        page.book = entries(try BookStore(connection).book(assetID: asset.id))
        let links = LinkStore(connection)
        page.via = try linked(links.vias(assetID: asset.id), connection, scope: scope)
        page.carries = try linked(links.dependents(assetID: asset.id, scope: scope), connection, scope: scope)
    }

    /// In the order of the class; what its class does not bring comes last. The title is the page's own.
    private func entries(_ book: [String: String]) -> [BookEntry] {
        let known = (AssetClass.named(asset.assetClass)?.allFields ?? BookField.common).map(\.rawValue)
        let others = book.keys.filter { !known.contains($0) }.sorted()
        return (known + others).filter { $0 != BookField.title.rawValue }.compactMap { field in
            book[field].map { BookEntry(field, $0) }
        }
    }

    /// Those that the scope holds: of the others not even the name is told.
    private func linked(_ names: [String], _ connection: Connection, scope: Scope) throws -> [LinkedAsset] {
        guard !names.isEmpty else { return [] }
        let wanted = Set(names)
        let statuses = try ConditionStore(connection).statuses(scope: scope).filter { wanted.contains($0.asset) }
        let exemptions = try ExemptionStore(connection).exemptions(at: now, scope: scope)
        let byAsset = Dictionary(grouping: statuses, by: \.asset)
        return try names.compactMap { try AssetStore(connection).asset(named: $0, scope: scope) }.map { asset in
            LinkedAsset(
                Named(asset), assetClass: asset.assetClass, site: places.named(site: asset.site),
                standing: Standing(
                    AssetStanding(byAsset[asset.name] ?? [], outsideHours: exemptions.outsideHours[asset.id])))
        }.worstFirst { $0.standing }
    }
}
