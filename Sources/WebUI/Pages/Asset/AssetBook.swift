/// One field of the book with what it holds, as the store keeps it.
package struct BookEntry: Hashable, Sendable {
    package var field: String
    package var value: String

    package init(_ field: String, _ value: String) {
        self.field = field
        self.value = value
    }
}

/// An asset that another one depends on, or that depends on it.
package struct LinkedAsset: Hashable, Sendable {
    package var asset: Named
    package var assetClass: String
    /// Of many alike the place tells which.
    package var site: Named
    package var standing: Standing

    package init(_ asset: Named, assetClass: String, site: Named = .none, standing: Standing) {
        self.asset = asset
        self.assetClass = assetClass
        self.site = site
        self.standing = standing
    }
}

/// A field of the book in words.
struct BookLine: Sendable {
    let name: String
    let value: String
    /// How long it still lasts, of a date that ends something.
    let ends: String?
    let isOver: Bool

    init(_ entry: BookEntry, _ viewer: Viewer) {
        name = viewer.words.fieldName(entry.field)
        let form = KnownField(rawValue: entry.field)?.form ?? .text
        let day = form == .date || form == .end ? BookDay(entry.value) : nil
        let days = form == .end ? day.map { viewer.calendar.days(until: $0, from: viewer.now) } : nil
        ends = days.map(viewer.words.book.ends)
        isOver = days.map { $0 < 0 } ?? false
        value =
            switch form {
            case .date, .end: day.map(viewer.calendar.date) ?? entry.value
            case .money: Int64(entry.value).map(viewer.numbers.money) ?? entry.value
            case .count: Int64(entry.value).map(viewer.numbers.amount) ?? entry.value
            case .text: entry.value
            }
    }
}

/// A linked asset in words.
struct LinkedLine: Sendable {
    let asset: NamedText?
    let place: String
    let badge: Badge

    init(_ linked: LinkedAsset, _ words: Words) {
        asset = NamedText.asset(linked.asset)
        place = linked.site.name.isEmpty ? words.className(linked.assetClass) : linked.site.label
        badge = Badge(linked.standing, words)
    }
}
