import Courier
import Foundation
import Notify
import Resources
import SQLite
import Storage
import Testing
import Vocabulary

/// Every example that is shipped can be applied.
@Suite struct ExamplesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "deploy/examples")

    static var files: [String] {
        let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
        return all.filter { $0.hasSuffix(".yaml") }.sorted()
    }

    private func applied(_ file: String) throws -> Connection {
        let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let declarations = try ResourceReader.read(text, file: file)
        _ = try connection.transaction {
            try ApplyPlan.apply(declarations, by: "an", at: Instant(seconds: 1), in: connection)
        }
        return connection
    }

    @Test(arguments: files) func isApplied(file: String) throws {
        let connection = try applied(file)
        #expect(try !CurrentResources(connection).all.isEmpty)
    }

    @Test func binhDuongIsTheProvinceOf2023() throws {
        let connection = try applied("binhduong/province.yaml")
        let units = Dictionary(grouping: try UnitStore(connection).all(scope: .everything), by: \.level)
        #expect(units.mapValues(\.count) == ["province": 1, "department": 18, "district": 9, "commune": 91])
        #expect(try SiteStore(connection).all(scope: .everything).count == 120)
        #expect(try SiteStore(connection).withoutAddress(scope: .everything).count == 120)
        #expect(try UnitStore(connection).subtree(of: "tinh-binh-duong").count == 119)
    }

    private func body(_ file: String, _ notification: Courier.Notification) throws -> Any {
        let route = try #require(try CurrentResources(try applied(file)).routes.first)
        guard case .webhook(let webhook) = route.channels.first, let template = webhook.template else {
            Issue.record("\(file) is a webhook with a template")
            return []
        }
        let body = try BodyTemplate(template, form: .json).rendered(TemplateValues(notification))
        return try JSONSerialization.jsonObject(with: Data(body.utf8))
    }

    private func notification(_ kind: Courier.Notification.Kind, resolved: Instant? = nil) -> Courier.Notification {
        Courier.Notification(
            id: 9, alert: 3, kind: kind, asset: "cổng \"dịch vụ\"", site: "",
            check: CheckName(asset: "a", part: "http"),
            outcome: .down(Reason("timed-out")), since: Instant(seconds: 1_700_000_000), resolved: resolved,
            isRepeated: true, subject: "Hỏng: <!channel>", text: "Hỏng\n*dòng hai*\n")
    }

    @Test func slackReadsNoNameAsMarkup() throws {
        let body = try #require(try body("channels/slack.yaml", notification(.problem)) as? [String: Any])
        #expect(body["text"] as? String == "Hải Đăng: problem 9")
        let blocks = try #require(body["blocks"] as? [[String: Any]])
        let section = try #require(blocks.first?["text"] as? [String: Any])
        #expect(section["type"] as? String == "plain_text" && section["text"] as? String == "🔴 Hỏng\n*dòng hai*\n")
        let elements = try #require(blocks.last?["elements"] as? [[String: Any]])
        #expect(elements.map { $0["type"] as? String } == ["plain_text"])
        #expect((elements.first?["text"] as? String)?.contains("maybe repeated") == true)
    }

    @Test func teamsReadsNoNameAsMarkup() throws {
        for kind in [Courier.Notification.Kind.problem, .worse, .reminder, .recovery, .test, .alive] {
            let body = try #require(try body("channels/teams.yaml", notification(kind)) as? [String: Any])
            let attachment = try #require((body["attachments"] as? [[String: Any]])?.first)
            #expect(attachment["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
            let card = try #require(attachment["content"] as? [String: Any])
            let container = try #require((card["body"] as? [[String: Any]])?.first)
            let style = kind == .recovery ? "good" : kind == .test || kind == .alive ? "accent" : "attention"
            #expect(container["style"] as? String == style)
            let items = try #require(container["items"] as? [[String: Any]])
            #expect(items.map { $0["type"] as? String } == ["RichTextBlock", "RichTextBlock"])
        }
    }

    @Test func alertmanagerSeesOneAlertFromProblemToRecovery() throws {
        let end = Instant(seconds: 1_700_000_060)
        let problem = try #require(
            (try body("channels/alertmanager.yaml", notification(.problem)) as? [[String: Any]])?.first)
        let recovery = try #require(
            (try body("channels/alertmanager.yaml", notification(.recovery, resolved: end)) as? [[String: Any]])?.first)
        let labels = { (alert: [String: Any]) in alert["labels"] as? [String: String] }
        #expect(labels(problem) == labels(recovery) && labels(problem)?["incident"] == labels(recovery)?["incident"])
        let notes = problem["annotations"] as? [String: String]
        #expect(notes?["instance"] == "cổng \"dịch vụ\"")
        #expect(problem["startsAt"] as? String == recovery["startsAt"] as? String)
        #expect(problem["endsAt"] as? String == "2999-01-01T00:00:00Z")
        #expect(recovery["endsAt"] as? String == end.description)
    }
}
