/// Why alerts are one incident, as pages and messages say it.
package enum IncidentCause: Hashable, Sendable {
    case root
    case site(Named)
    /// Without a name it is one that the reader may not see.
    case shared(Named)
    case beside(Int64)
    case coincidence
    case leftover(Int64)

    /// nil: there is nothing to say.
    func sentence(_ words: Words) -> String? {
        switch self {
        case .root: nil
        case .site(let site): words.incident.site(site.title.isEmpty ? site.name : site.title)
        case .shared(let asset): words.incident.shared(asset.name.isEmpty ? words.incident.unseenAsset : asset.name)
        case .beside(let incident): words.incident.beside("\(incident)")
        case .coincidence: words.incident.coincidence
        case .leftover(let incident): words.incident.leftover("\(incident)")
        }
    }
}
