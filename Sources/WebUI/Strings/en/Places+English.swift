extension Words {
    static let englishSites = SitesWords(
        title: "Sites", searchHint: "Site, unit, address", allLevels: "Every level", level: "Level",
        noAddress: "No address yet", noUnit: "Belonging to no unit", noSite: "no site yet",
        none: "There are no sites yet.", noneLead: "Load units and sites from a file:", noneMatch: "No site matches.",
        states: "Sites by state", units: "Units", postal: "Postal address",
        coordinates: "Coordinates", contacts: "Contacts", noAssets: "This site has no assets yet.",
        alerts: "Open alerts", of: { "\($0) of \($1)" })

    static let englishTotals = TotalsWords(
        title: "Totals of the book", lead: "How many, what they cost, and what the book still lacks.",
        link: "Totals", byClass: "By class", byUnit: "By unit", count: "Number", price: "Price (đồng)",
        withoutCode: "No code", withoutPrice: "No price", withoutUnit: "No unit", own: "The unit's own",
        nobody: "Owned by no unit", total: "Total", measure: "Figures by class", none: "The book has no assets yet.",
        hint: "For paper: A4 landscape.", printed: { "Printed \($0) by \($1)" },
        bare: { "\($0) without assets are left out." })

    static let englishBook = BookWords(
        title: "Book", none: "The book says nothing about this asset yet.", via: "Depends on",
        carries: "What depends on it", links: "Links", owner: "Owner unit",
        ends: { days in
            switch days {
            case 0: "ends today"
            case 1: "ends in 1 day"
            case 2...: "ends in \(NumberFormat(language: .english).integer(days)) days"
            default: "ended"
            }
        }, worth: { "price \($0)" })

    static func englishLevel(_ level: KnownLevel) -> String {
        switch level {
        case .province: "Province"
        case .department: "Departments"
        case .district: "Districts"
        case .commune: "Communes"
        }
    }

    static func englishField(_ field: KnownField) -> String {
        switch field {
        case .title: "Title"
        case .code: "Code"
        case .serial: "Serial number"
        case .custodian: "Custodian"
        case .purchased: "Purchased"
        case .price: "Price"
        case .warranty: "Warranty until"
        case .note: "Note"
        case .vendor: "Vendor"
        case .model: "Model"
        case .carrier: "Carrier"
        case .bandwidth: "Bandwidth"
        case .contract: "Contract"
        case .seats: "Seats"
        case .expires: "Expires"
        }
    }
}
