/// The sites page and the page of one site.
struct SitesWords: Sendable {
    let title, searchHint, allLevels, level, noAddress, noUnit, noSite, none, noneLead, noneMatch, states: String
    let units, postal, coordinates, contacts, noAssets, alerts: String
    /// A count of sites out of all of them.
    let of: @Sendable (_ matching: String, _ all: String) -> String
}

/// The printable totals of the book.
struct TotalsWords: Sendable {
    let title, lead, link, byClass, byUnit, count, price, withoutCode, withoutPrice, withoutUnit, own, nobody,
        total, measure, none, hint: String
    let printed: @Sendable (_ when: String, _ who: String) -> String
    let bare: @Sendable (_ units: String) -> String
}

/// The book of one asset, and what it depends on.
struct BookWords: Sendable {
    let title, none, via, carries, links, owner: String
    let ends: @Sendable (_ days: Int) -> String
    /// What the assets of a list are worth together.
    let worth: @Sendable (_ price: String) -> String
}
