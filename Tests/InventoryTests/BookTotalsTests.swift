import Inventory
import Testing

@Suite struct BookTotalsTests {
    private typealias Sum = BookTotals.Sum
    private let tree = UnitTree([
        ("province", nil), ("office", "province"), ("north", "province"), ("north-1", "north"), ("bare", "north"),
    ])

    private func row(_ unit: String, _ assetClass: String, _ price: Int64?, hasCode: Bool = true) -> BookTotals.Row {
        .init(
            unit: unit, assetClass: assetClass, sum: Sum(price: price, hasCode: hasCode, hasUnit: !unit.isEmpty))
    }

    @Test func aUnitHoldsWhatIsBelowIt() {
        let totals = BookTotals(
            [
                row("province", "server", 100), row("north-1", "codec", 20, hasCode: false),
                row("north-1", "codec", nil), row("office", "codec", 3), row("", "line", 4), row("gone", "line", nil),
            ], tree: tree)
        #expect(totals.classes == ["codec", "line", "server"])
        #expect(
            totals.lines.map(\.part) == [
                .subtree("province"), .own("province"), .subtree("office"), .subtree("north"), .subtree("north-1"),
                .nobody,
            ])
        #expect(totals.lines.map(\.depth) == [0, 1, 1, 1, 2, 0])
        #expect(totals.lines.map(\.total.count) == [4, 1, 1, 2, 2, 2])
        #expect(totals.lines.map(\.total.price) == [123, 100, 3, 20, 20, 4])
        #expect(totals.lines[0].byClass["codec"]?.count == 3)
        #expect(totals.lines[4].total.withoutCode == 1 && totals.lines[4].total.withoutPrice == 1)
        #expect(totals.bareUnits == 1)
        #expect(totals.total.count == 6 && totals.total.price == 127 && totals.total.withoutUnit == 1)
    }

    @Test func rootsAndNobodyAddUpToTheTotalInAnyOrderOfRows() {
        for _ in 0..<100 {
            let units = ["province", "office", "north", "north-1", "", "gone"]
            var rows = (0..<Int.random(in: 0...40)).map { _ in
                row(
                    units.randomElement() ?? "", ["a", "b", "c"].randomElement() ?? "",
                    Bool.random() ? Int64.random(in: 0...1_000_000) : nil, hasCode: .random())
            }
            let totals = BookTotals(rows, tree: tree)
            let outermost = totals.lines.filter { $0.depth == 0 }.map(\.total)
            #expect(outermost.reduce(Sum(), +) == totals.total)
            #expect(rows.map(\.sum).reduce(Sum(), +) == totals.total)
            rows.shuffle()
            #expect(BookTotals(rows, tree: tree) == totals)
        }
    }

    @Test func absurdPricesStayAtTheEndOfTheRange() {
        let totals = BookTotals([row("office", "a", .max), row("north", "a", .max)], tree: tree)
        #expect(totals.total.price == .max)
        #expect(totals.lines.first?.total.price == .max)
    }
}
