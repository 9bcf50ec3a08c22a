import Foundation
import Hummingbird
package import Storage
import Vocabulary

/// `GET /api/v1/why/alerts/{id}` and `/why/checks/{asset}/{part}?at=…`: what led to a message, or to none.
package struct WhyRoutes<Context: CallerContext>: Sendable {
    private static var most: Int { 1000 }

    let services: APIServices

    func add(to group: RouterGroup<Context>) {
        group.get("why/alerts/{id}") { request, context in
            let (caller, text) = (try context.requireCaller(), try context.parameters.require("id"))
            let language = try request.language
            return try await services.database.read { connection in
                guard let id = Int64(text), let alert = try AlertStore(connection).listed(id: id),
                    try AssetStore(connection).asset(named: alert.asset, scope: caller.scope) != nil
                else { throw Problem(.notFound, "no-such-alert", "there is no alert \"\(text)\"") }
                let trace = try Trace(
                    alert: id, scope: caller.scope, limit: Self.most,
                    showsAnswers: caller.role == .administrator, in: connection)
                return try Response(json: trace.lines.map { WhyDTO($0, services.sentence($0, language)) })
            }
        }
        group.get("why/checks/{asset}/{part}") { request, context in
            let caller = try context.requireCaller()
            let asset = try context.parameters.require("asset")
            let name = CheckName(asset: asset, part: try context.parameters.require("part"))
            let (language, until) = (try request.language, try moment(request))
            return try await services.database.read { connection in
                guard try AssetStore(connection).asset(named: asset, scope: caller.scope) != nil,
                    let check = try CheckStore(connection).find(name)
                else { throw Problem(.notFound, "no-such-check", "there is no check \"\(name.rawValue)\"") }
                let trace = try Trace(
                    check: check.id, until: until, scope: caller.scope, limit: 50,
                    showsAnswers: caller.role == .administrator, in: connection)
                return try Response(json: trace.lines.map { WhyDTO($0, services.sentence($0, language)) })
            }
        }
    }

    private func moment(_ request: Request) throws -> Instant {
        guard let text = request.uri.queryParameters["at"].map(String.init) else { return services.now() }
        if let seconds = Int64(text) { return Instant(seconds: seconds) }
        do {
            let date = try Date(text, strategy: .iso8601)
            return Instant(microseconds: Int64(date.timeIntervalSince1970 * 1e6))
        } catch {
            throw Problem(
                .badRequest, "bad-at",
                "at is a time such as 2026-04-05T06:07:08Z or seconds since 1970, not \"\(text)\"")
        }
    }
}

package struct WhyDTO: Codable, Sendable {
    package var time: String
    package var check: String?
    package var alert: Int64?
    package var incident: Int64?
    package var verdict: String
    package var detail: [String: String]
    package var text: String

    package init(_ line: DecisionStore.Line, _ sentence: String) {
        time = line.at.description
        check = line.check?.rawValue
        alert = line.alert
        incident = line.incident
        verdict = line.verdict
        let values = line.detail.map { key, value in
            let time = DecisionStore.Line.times.contains(key) ? Int64(value) : nil
            return (key, time.map { Instant(microseconds: $0).description } ?? value)
        }
        detail = Dictionary(values) { first, _ in first }
        text = sentence
    }
}
