/// What we own and what it is worth: by class, and by unit with the subtotals of what belongs to it.
///
/// The same rows give the same totals in the same order, however they come: a list that is printed twice is the same.
package struct BookTotals: Hashable, Sendable {
    package struct Sum: Hashable, Sendable {
        package var count = 0
        /// Whole đồng.
        package var price: Int64 = 0
        package var withoutCode = 0
        package var withoutPrice = 0
        package var withoutUnit = 0

        package init() {}

        /// One asset; without a price it counts for nothing.
        package init(price: Int64?, hasCode: Bool, hasUnit: Bool) {
            count = 1
            self.price = price ?? 0
            withoutCode = hasCode ? 0 : 1
            withoutPrice = price == nil ? 1 : 0
            withoutUnit = hasUnit ? 0 : 1
        }

        /// Prices that leave the range of numbers stay at its end: a slip of a key must not take the page away.
        package static func + (left: Sum, right: Sum) -> Sum {
            var sum = left
            sum.count += right.count
            let (price, isTooMuch) = left.price.addingReportingOverflow(right.price)
            sum.price = isTooMuch ? (left.price > 0 ? .max : .min) : price
            sum.withoutCode += right.withoutCode
            sum.withoutPrice += right.withoutPrice
            sum.withoutUnit += right.withoutUnit
            return sum
        }
    }

    /// Assets of one class that one unit owns.
    package struct Row: Hashable, Sendable {
        /// Empty: owned by no unit.
        package var unit: String
        package var assetClass: String
        package var sum: Sum

        package init(unit: String, assetClass: String, sum: Sum) {
            self.unit = unit
            self.assetClass = assetClass
            self.sum = sum
        }
    }

    /// What a line of the table adds up.
    package enum Part: Hashable, Sendable {
        /// A unit with all that belongs to it.
        case subtree(String)
        /// The unit's own assets, beside those of the units below it.
        case own(String)
        /// What no unit owns, or one that is not in the tree.
        case nobody
    }

    package struct Line: Hashable, Sendable {
        package var part: Part
        package var depth: Int
        package var byClass: [String: Sum]
        package var total: Sum
    }

    /// Every class there is something of, in order of name.
    package let classes: [String]
    package let byClass: [String: Sum]
    package let total: Sum
    /// In the order of the tree; units without assets, below them too, are left out.
    package let lines: [Line]
    /// Units that neither own anything nor have anything below them.
    package let bareUnits: Int

    package init(_ rows: [Row], tree: UnitTree) {
        var own: [String: [String: Sum]] = [:]
        let known = Set(tree.places.map(\.unit))
        for row in rows {
            let unit = known.contains(row.unit) ? row.unit : ""
            own[unit, default: [:]].merge([row.assetClass: row.sum], uniquingKeysWith: +)
        }
        var below = own
        for place in tree.places.reversed() {
            let chain = tree.chain(to: place.unit)
            guard chain.count > 1, let sums = below[place.unit] else { continue }
            below[chain[chain.count - 2], default: [:]].merge(sums, uniquingKeysWith: +)
        }
        var lines: [Line] = []
        for place in tree.places {
            guard let sums = below[place.unit] else { continue }
            lines.append(Line(.subtree(place.unit), depth: place.depth, sums))
            let isAlone = !tree.children(of: place.unit).contains { below[$0] != nil }
            if !isAlone, let sums = own[place.unit] {
                lines.append(Line(.own(place.unit), depth: place.depth + 1, sums))
            }
        }
        if let sums = own[""] { lines.append(Line(.nobody, depth: 0, sums)) }
        self.lines = lines
        bareUnits = tree.places.count { below[$0.unit] == nil }
        byClass = own.values.reduce(into: [:]) { result, sums in result.merge(sums, uniquingKeysWith: +) }
        classes = byClass.keys.sorted()
        total = byClass.values.reduce(Sum(), +)
    }
}

extension BookTotals.Line {
    fileprivate init(_ part: BookTotals.Part, depth: Int, _ sums: [String: BookTotals.Sum]) {
        self.init(part: part, depth: depth, byClass: sums, total: sums.values.reduce(BookTotals.Sum(), +))
    }
}
