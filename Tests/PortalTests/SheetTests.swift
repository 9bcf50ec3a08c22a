import Curl
import Foundation
import Storage
import Testing
import Vocabulary

/// The inventory as a sheet over the real API.
@Suite struct SheetTests {
    private struct Report: Decodable {
        struct Fault: Decodable {
            var row: Int
            var column: Int
            var problem: String
        }

        struct Change: Decodable {
            var name: String
            var action: String
            var fields: [String]
        }

        var encoding: String
        var delimiter: String
        var counts: [String: Int]
        var changes: [Change]
        var errors: [Fault]
        var errorCount: Int
        var headingErrors: Int
        var applied: Bool
        var badRows: String?
    }

    private static let sheet = """
        STT;Mã tài sản;Tên tài sản;Loại tài sản;Đơn vị sử dụng;Nguyên giá (đồng)\r
        1;BD-1;Màn hình;màn hình;Sở TT&TT;12.500.000\r
        2;BD-2;=1+1;bản quyền;;\r
        """
    private static let map = "map=STT%3D-"

    private func take(_ sheet: String, _ query: String, _ token: String, at site: Site) async throws -> Report {
        let result = try await site.send(
            "POST", "/api/v1/assets/import?\(query)", headers: [Header("Authorization", "Bearer \(token)")], body: sheet
        )
        #expect(result.status == 200, "\(result.text)")
        return try JSONDecoder().decode(Report.self, from: Data(result.body))
    }

    private func open(_ body: @escaping (Site, String) async throws -> Void) async throws {
        try await Site.open { site in
            try await site.add("lan")
            try await site.database.write { try UnitStore($0).put(.init(name: "so-tttt", title: "Sở TT&TT")) }
            try await body(site, try await site.token(of: "lan"))
        }
    }

    @Test func aSheetGoesInOnceAndComesOutTheSame() async throws {
        try await open { site, token in
            let preview = try await take(Self.sheet, "dry-run=true&\(Self.map)", token, at: site)
            #expect(preview.delimiter == "semicolon" && preview.encoding == "UTF-8" && !preview.applied)
            #expect(preview.counts == ["create": 2, "update": 0, "same": 0, "bad": 0])
            #expect(preview.changes.first?.fields.contains("price: 12500000") == true)
            #expect(try await assets(site).isEmpty, "a dry run writes nothing")
            #expect(try await take(Self.sheet, Self.map, token, at: site).applied)
            #expect(try await assets(site) == ["bd-1", "bd-2"])
            let actions = try await site.database.read { try AuditStore($0).lines(limit: 10) }
                .filter { $0.action == "create-asset" }
            #expect(actions.map(\.who) == ["lan", "lan"] && Set(actions.map(\.subject)) == ["bd-1", "bd-2"])
            let again = try await take(Self.sheet, Self.map, token, at: site)
            #expect(again.counts["same"] == 2 && again.changes.isEmpty && again.applied)
            for headings in ["en", "vi"] {
                let out = try await csv(headings, token, at: site)
                #expect(out.text.contains("BD-2") && out.text.contains("'=1+1"))
                let back = try await take(out.text, "", token, at: site)
                #expect(back.counts["same"] == 2 && back.encoding == "UTF-8 with mark")
                #expect(try await csv(headings, token, at: site).body == out.body)
            }
        }
    }

    @Test func oneBadRowKeepsAllOutUnlessTheGoodOnesAreAskedFor() async throws {
        try await open { site, token in
            let bad = "code,class,price\nA-1,server,1.000\nA-2,server,\"1,5\"\nA-3,xe,\n"
            let refused = try await take(bad, "", token, at: site)
            #expect(!refused.applied && refused.errorCount == 2)
            #expect(refused.errors.map { [$0.row, $0.column] } == [[3, 3], [4, 2]])
            #expect(refused.counts == ["create": 1, "update": 0, "same": 0, "bad": 2])
            #expect(try await assets(site).isEmpty)
            let taken = try await take(bad, "good-rows=true&bad-rows=true", token, at: site)
            #expect(taken.applied)
            #expect(try await assets(site) == ["a-1"])
            let mended = try #require(taken.badRows).replacing("1,5", with: "15").replacing("xe", with: "router")
            #expect(try await take(String(mended), "", token, at: site).applied)
            #expect(try await assets(site) == ["a-1", "a-2", "a-3"])
        }
    }

    @Test func whileAHeadingIsUnclearNotEvenGoodRowsGoIn() async throws {
        try await open { site, token in
            let refused = try await take(Self.sheet, "good-rows=true", token, at: site)
            #expect(!refused.applied && refused.headingErrors == 1 && refused.errorCount == 1)
            #expect(refused.errors.map { [$0.row, $0.column] } == [[1, 1]])
            #expect(refused.errors.first?.problem.contains("--map \"STT=-\"") == true)
            #expect(try await assets(site).isEmpty)
        }
    }

    @Test func whatTheSheetDoesNotHoldStays() async throws {
        try await open { site, token in
            let yaml = """
                apiVersion: haidang/v1
                kind: Asset
                name: line-1
                class: line
                ---
                apiVersion: haidang/v1
                kind: Asset
                name: codec-1
                class: codec
                via: [line-1]
                unit: so-tttt
                book: {serial: FTX1, note: "cũ"}
                """
            let headers = [Header("Authorization", "Bearer \(token)")]
            #expect(try await site.send("POST", "/api/v1/apply", headers: headers, body: yaml).status == 200)
            let report = try await take("name,note\ncodec-1,mới\n", "", token, at: site)
            #expect(report.changes.map(\.fields) == [["note: cũ → mới"]])
            let (vias, book) = try await site.database.read { connection in
                let id = try AssetStore(connection).id(named: "codec-1") ?? 0
                return (try LinkStore(connection).vias(assetID: id), try BookStore(connection).book(assetID: id))
            }
            #expect(vias == ["line-1"] && book == ["serial": "FTX1", "note": "mới"])
        }
    }

    @Test func whatCannotBeTakenIsRefusedInWords() async throws {
        try await open { site, token in
            let headers = [Header("Authorization", "Bearer \(token)")]
            for (body, query, status, words) in [
                ("", "", 422, "the file is empty"), ("a,\"b", "file=x.csv", 422, "x.csv: row 1, column 2"),
                ("code\nA\n", "map=code%3Dcolour", 400, "is no column"),
                ("code,class,address\nA,server,192.0.2.1\n", "file=x.csv", 422, "x.csv:2: Asset a: no agent"),
            ] {
                let result = try await site.send(
                    "POST", "/api/v1/assets/import?\(query)", headers: headers, body: body)
                #expect(result.status == status && result.text.contains(words), "\(result.text)")
            }
            #expect(try await site.send("POST", "/api/v1/assets/import", body: "code\n").status == 401)
            #expect(try await site.send("GET", "/api/v1/assets.csv").status == 401)
            let unknown = try await site.send("GET", "/api/v1/assets.csv?headings=fr", headers: headers)
            #expect(unknown.status == 400)
            #expect(try await assets(site).isEmpty)
        }
    }

    private func assets(_ site: Site) async throws -> [String] {
        try await site.database.read { try AssetStore($0).all(scope: .everything).map(\.name) }
    }

    private func csv(_ headings: String, _ token: String, at site: Site) async throws -> TransferResult {
        let result = try await site.send(
            "GET", "/api/v1/assets.csv?headings=\(headings)", headers: [Header("Authorization", "Bearer \(token)")])
        #expect(result.status == 200 && result.header("Content-Type") == "text/csv; charset=utf-8")
        return result
    }
}
