import API
import Hummingbird
import Inventory
import Storage
import Vocabulary
import WebUI

/// The book by class and by unit, for the screen and for paper.
struct TotalsRoute: Sendable {
    let services: PageServices

    func handle(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await services.signedIn(request, context) { caller in
            let measure = FormQuery(request)["show"].flatMap { TotalsPage.Measure(rawValue: $0) }
            let page = try await services.api.database.read { connection in
                let places = try Places(connection, scope: caller.scope)
                let rows = try BookStore(connection).totals(scope: caller.scope).map(BookTotals.Row.init)
                return TotalsPage(BookTotals(rows, tree: places.tree), places, measure ?? .count)
            }
            return services.answer(page, request, context)
        }
    }
}

extension BookTotals.Row {
    fileprivate init(_ total: BookStore.Total) {
        var sum = BookTotals.Sum()
        sum.count = total.assets
        sum.price = total.price
        sum.withoutCode = total.withoutCode
        sum.withoutPrice = total.withoutPrice
        sum.withoutUnit = total.unit.isEmpty ? total.assets : 0
        self.init(unit: total.unit, assetClass: total.assetClass, sum: sum)
    }
}

extension TotalsPage {
    fileprivate init(_ totals: BookTotals, _ places: Places, _ measure: Measure) {
        let whole = Set(totals.lines.indices.dropLast().filter { totals.lines[$0 + 1].depth > totals.lines[$0].depth })
        self.init(
            classes: totals.classes.map { .init($0, Sum(totals.byClass[$0] ?? BookTotals.Sum())) },
            units: totals.lines.enumerated().map { index, line in
                let part: UnitLine.Part =
                    switch line.part {
                    case .subtree(let unit): .unit(places.named(unit: unit), isWhole: whole.contains(index))
                    case .own: .own
                    case .nobody: .nobody
                    }
                return UnitLine(
                    part, depth: line.depth, cells: totals.classes.map { line.byClass[$0].map { Sum($0) } },
                    total: Sum(line.total))
            }, total: Sum(totals.total), bareUnits: totals.bareUnits, measure: measure)
    }
}

extension TotalsPage.Sum {
    fileprivate init(_ sum: BookTotals.Sum) {
        self.init(
            count: sum.count, price: sum.price, withoutCode: sum.withoutCode, withoutPrice: sum.withoutPrice,
            withoutUnit: sum.withoutUnit)
    }
}
