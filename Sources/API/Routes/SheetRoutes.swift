import Hummingbird
import Inventory
import NIOCore
import Resources
import SQLite
import Storage
import Vocabulary

/// `POST /api/v1/assets/import` and `GET /api/v1/assets.csv`: the inventory as a sheet, in and out.
package struct SheetRoutes<Context: CallerContext>: Sendable {
    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.post("assets/import") { request, context in
            let caller = try context.requireCaller()
            guard caller.scope == .everything else {
                throw Problem(
                    .forbidden, "not-all-units", "a sheet may speak of any unit, and you may not see all of them")
            }
            let order = try Order(request)
            let body = try await request.body.collect(upTo: Sheet.Limit.bytes)
            let sheet: Sheet
            do throws(SheetFault) {
                sheet = try SheetReader.read(Array(buffer: body))
            } catch {
                throw Problem(.unprocessableContent, "bad-sheet", "\(order.file): \(error)")
            }
            return try Response(json: try await take(sheet, order, by: caller.name))
        }
        group.get("assets.csv") { request, context in
            let caller = try context.requireCaller()
            let word = request.uri.queryParameters["headings"].map(String.init) ?? SheetExport.Headings.en.rawValue
            guard let headings = SheetExport.Headings(rawValue: word) else {
                throw Problem(.badRequest, "bad-headings", "headings: \"\(word)\" is none of: en, vi")
            }
            let bytes = try await services.database.read { connection in
                let current = try CurrentResources(connection, scope: caller.scope)
                return SheetExport.bytes(current.assets.map(SheetAsset.init), headings: headings)
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"assets.csv\"",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    /// How a sheet is to be taken in, from the query.
    private struct Order: Sendable {
        var isDry: Bool
        /// Whether good rows go in though others are bad.
        var takesGoodRows: Bool
        var wantsBadRows: Bool
        var file: String
        var choices: [ColumnChoice]

        init(_ request: Request) throws {
            let query = request.uri.queryParameters
            isDry = query["dry-run"] == "true"
            takesGoodRows = query["good-rows"] == "true"
            wantsBadRows = query["bad-rows"] == "true"
            file = query["file"].map(String.init) ?? "sheet"
            do throws(SheetFault) {
                var choices: [ColumnChoice] = []
                for text in query[values: "map"] { choices.append(try ColumnChoice(String(text))) }
                self.choices = choices
            } catch {
                throw Problem(.badRequest, "bad-map", "map: \(error)")
            }
        }
    }

    private func take(_ sheet: Sheet, _ order: Order, by person: String) async throws -> SheetReport {
        let now = services.now()
        do {
            let (report, reassigned) = try await services.database.write { connection in
                let current = try CurrentResources(connection)
                let taken = SheetImport(
                    sheet, choices: order.choices, known: .init(current), check: AssetTarget.problem)
                let plan = try ApplyPlan.apply(
                    taken.changedRows.map { row in
                        row.asset.declaration(over: current, file: order.file, line: row.source.line)
                    }, by: person, at: now, in: connection)
                var report = SheetReport(taken, plan: plan)
                if order.wantsBadRows { report.badRows = taken.badRows.map { String(decoding: $0, as: UTF8.self) } }
                let isWhole = taken.faults.isEmpty || order.takesGoodRows && taken.mapping.faults.isEmpty
                guard isWhole, !order.isDry else { throw NothingWritten(report: report) }
                report.applied = true
                return (report, plan.reassigned)
            }
            services.onReassigned(reassigned)
            return report
        } catch let nothing as NothingWritten {
            return nothing.report
        } catch let error as ResourceErrors {
            throw Problem(.unprocessableContent, "not-applicable", error.description)
        }
    }

    /// Thrown to roll back what was only looked at.
    private struct NothingWritten: Error {
        var report: SheetReport
    }
}
