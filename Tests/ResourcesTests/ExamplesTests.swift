import Foundation
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
}
