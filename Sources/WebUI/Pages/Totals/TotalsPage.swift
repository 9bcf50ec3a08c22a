/// The book by class and by unit, for the screen and for paper.
package struct TotalsPage: Page {
    /// What a cell of the table by unit shows; the raw value is what `?show=` carries.
    package enum Measure: String, CaseIterable, Sendable {
        case count
        case value
    }

    package struct Sum: Hashable, Sendable {
        package var count: Int
        /// Whole đồng.
        package var price: Int64
        package var withoutCode: Int
        package var withoutPrice: Int
        package var withoutUnit: Int

        package init(count: Int, price: Int64, withoutCode: Int = 0, withoutPrice: Int = 0, withoutUnit: Int = 0) {
            self.count = count
            self.price = price
            self.withoutCode = withoutCode
            self.withoutPrice = withoutPrice
            self.withoutUnit = withoutUnit
        }
    }

    package struct ClassLine: Hashable, Sendable {
        package var assetClass: String
        package var sum: Sum

        package init(_ assetClass: String, _ sum: Sum) {
            self.assetClass = assetClass
            self.sum = sum
        }
    }

    /// A line of the table by unit.
    package struct UnitLine: Hashable, Sendable {
        package enum Part: Hashable, Sendable {
            /// A unit with all below it; `isWhole` when the lines below add up to it.
            case unit(Named, isWhole: Bool)
            /// What the unit above owns itself.
            case own
            case nobody
        }

        package var part: Part
        /// A root has depth 0.
        package var depth: Int
        /// As many as there are classes, in their order; nil where there is nothing.
        package var cells: [Sum?]
        package var total: Sum

        package init(_ part: Part, depth: Int, cells: [Sum?], total: Sum) {
            self.part = part
            self.depth = depth
            self.cells = cells
            self.total = total
        }
    }

    package var classes: [ClassLine]
    package var units: [UnitLine]
    package var total: Sum
    /// Units that own nothing and are left out.
    package var bareUnits: Int
    package var measure: Measure

    package init(
        classes: [ClassLine], units: [UnitLine], total: Sum, bareUnits: Int = 0, measure: Measure = .count
    ) {
        self.classes = classes
        self.units = units
        self.total = total
        self.bareUnits = bareUnits
        self.measure = measure
    }

    package func html(for viewer: Viewer) -> String {
        Templates.html(
            "Totals",
            Screen(viewer, title: viewer.words.totals.title, section: .assets, page: TotalsView(self, viewer)))
    }
}
