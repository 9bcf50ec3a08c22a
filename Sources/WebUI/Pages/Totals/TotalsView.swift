/// The totals in words, ready for their template.
struct TotalsView: Sendable {
    struct Sum: Sendable {
        let count: String
        let price: String
        let withoutCode: String
        let withoutPrice: String
        let withoutUnit: String

        init(_ sum: TotalsPage.Sum, _ numbers: NumberFormat) {
            // What is missing nowhere is no figure to read.
            let lack = { (number: Int) in number > 0 ? numbers.integer(number) : "–" }
            count = numbers.integer(sum.count)
            price = sum.price != 0 ? numbers.amount(sum.price) : "–"
            withoutCode = lack(sum.withoutCode)
            withoutPrice = lack(sum.withoutPrice)
            withoutUnit = lack(sum.withoutUnit)
        }
    }

    struct ClassLine: Sendable {
        let name: String
        let link: String
        let sum: Sum
    }

    struct UnitLine: Sendable {
        let unit: NamedText?
        let words: String?
        /// How far it is indented, as a class of the stylesheet.
        let depth: String
        let isWhole: Bool
        let cells: [String]
        let sum: Sum
    }

    struct Choice: Sendable {
        let name: String
        let address: String
        let isCurrent: Bool
    }

    /// Beyond this depth nobody indents further.
    private static let deepest = 4

    let printed: String
    let classes: [ClassLine]
    let heads: [String]
    let units: [UnitLine]
    let total: Sum
    let totals: [String]
    let measures: [Choice]
    let bare: String?
    let areAssets: Bool

    init(_ page: TotalsPage, _ viewer: Viewer) {
        let (words, numbers) = (viewer.words, viewer.numbers)
        let cell = { (sum: TotalsPage.Sum?) in
            sum.map { page.measure == .count ? numbers.integer($0.count) : Sum($0, numbers).price } ?? "–"
        }
        printed = words.totals.printed(viewer.calendar.dateAndTime(viewer.now), viewer.userName ?? "–")
        classes = page.classes.map {
            ClassLine(
                name: words.className($0.assetClass), link: "/assets?class=\(Link.encoded($0.assetClass))",
                sum: Sum($0.sum, numbers))
        }
        heads = classes.map(\.name)
        units = page.units.map { line in
            let (unit, said, isWhole): (NamedText?, String?, Bool) =
                switch line.part {
                case .unit(let unit, let isWhole): (NamedText.unit(unit), nil, isWhole)
                case .own: (nil, words.totals.own, false)
                case .nobody: (nil, words.totals.nobody, false)
                }
            return UnitLine(
                unit: unit, words: said, depth: "d\(min(line.depth, Self.deepest))", isWhole: isWhole,
                cells: line.cells.map(cell), sum: Sum(line.total, numbers))
        }
        total = Sum(page.total, numbers)
        totals = page.classes.map { cell($0.sum) }
        measures = TotalsPage.Measure.allCases.map { measure in
            Choice(
                name: measure == .count ? words.totals.count : words.totals.price,
                address: measure == .count ? "/totals" : "/totals?show=\(measure.rawValue)",
                isCurrent: measure == page.measure)
        }
        bare = page.bareUnits > 0 ? words.totals.bare(words.counted(.unit, page.bareUnits)) : nil
        areAssets = page.total.count > 0
    }
}
