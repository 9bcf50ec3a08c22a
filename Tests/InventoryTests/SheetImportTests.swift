import Inventory
import TestSupport
import Testing
import Vocabulary

@Suite struct SheetImportTests {
    static let sheet = """
        Mã tài sản,Tên tài sản,Loại tài sản,Đơn vị sử dụng,Địa điểm,Ngày mua,Nguyên giá (đồng),Ghi chú\r
        BD-0001,Máy chủ mới,máy chủ,BD01,trung tam du lieu,05/04/2023,12.500.000,"hai\r
        dòng"\r
        BD-0100,Bộ lưu điện,Bộ lưu điện,ubnd-xa-an-son,Xã An Sơn,,,\r
        ,Màn hình,Màn hình,UBND xã An Sơn,,,,\r
        ,Màn hình,Màn hình,so-tttt,,,,\r
        """

    @Test func aRowIsFoundByItsCodeAndTheRestIsNew() throws {
        let taken = try SheetSamples.taken(Self.sheet)
        #expect(taken.faults.isEmpty)
        #expect(taken.rows.map(\.asset.name) == ["web-1", "bd-0100", "man-hinh", "man-hinh-2"])
        #expect(taken.rows.map(\.isNew) == [false, true, true, true])
        #expect(
            taken.rows[0].asset
                == SheetAsset(
                    name: "web-1", assetClass: "server", unit: "so-tttt", site: "trung-tam",
                    book: [
                        .code: "BD-0001", .title: "Máy chủ mới", .purchased: "2023-04-05", .price: "12500000",
                        .note: "hai dòng",
                    ]))
        #expect(taken.rows[1].asset.unit == "ubnd-xa-an-son" && taken.rows[1].asset.site == "xa-an-son")
    }

    @Test func theSameSheetAgainChangesNothing() throws {
        let first = try SheetSamples.taken(Self.sheet)
        let known = SheetSamples.known(after: first, before: SheetSamples.known)
        let second = try SheetSamples.taken(Self.sheet, known: known)
        #expect(second.faults.isEmpty && second.rows.allSatisfy(\.isSame) && second.changedRows.isEmpty)
    }

    @Test func anAbsentColumnLeavesAndAnEmptyCellClears() throws {
        let taken = try SheetSamples.taken("name,bandwidth\nline-1,\n")
        let asset = try #require(taken.rows.first?.asset)
        #expect(taken.faults.isEmpty)
        #expect(asset.book == [.code: "BD-0002", .carrier: "VNPT"])
        #expect(asset.assetClass == "line")
    }

    @Test func aNameWinsOverACodeAndMayGiveANewOne() throws {
        let taken = try SheetSamples.taken("name,code\nline-1,BD-9\nweb-1,BD-0001\n")
        #expect(taken.faults.isEmpty)
        #expect(taken.rows.map(\.asset.book[.code]) == ["BD-9", "BD-0001"])
        #expect(taken.rows.map(\.isSame) == [false, true])
    }

    @Test func aMadeNameNeverFallsOnAnotherAsset() throws {
        var known = SheetSamples.known
        known.assets += [
            SheetAsset(name: "may-in", assetClass: "display", book: [.title: "Máy in", .code: "C1"]),
            SheetAsset(name: "bd-7", assetClass: "display"),
        ]
        let text = "name,code,title,class\n,,Máy in,display\n,,May in,display\nmay-in-2,,x,display\n,BD/7,,display\n"
        let first = try SheetSamples.taken(text, known: known)
        #expect(first.faults.isEmpty && first.rows.allSatisfy(\.isNew))
        #expect(first.rows.map(\.asset.name) == ["may-in-3", "may-in-4", "may-in-2", "bd-7-2"])
        let second = try SheetSamples.taken(text, known: SheetSamples.known(after: first, before: known))
        #expect(second.faults.isEmpty && second.rows.allSatisfy(\.isSame))
    }

    @Test func whatGoesOutComesInAgainUnchanged() throws {
        var dice = Dice(seed: 3)
        let texts = ["Đường dây", "=1+1", "+84 274", "a, \"b\"; c", "'x", "'=x", "Sở TT&TT", "-"]
        var known = SheetSamples.known
        known.assets = (0..<200).map { number in
            let assetClass = AssetClass.all.randomElement(using: &dice)!
            var asset = SheetAsset(
                name: "asset-\(number)", assetClass: assetClass.name,
                unit: SheetSamples.units.randomElement(using: &dice)!.name,
                importance: [.core, .normal, .low].randomElement(using: &dice)!)
            for field in assetClass.allFields where Bool.random(using: &dice) {
                asset.book[field] =
                    switch field.form {
                    case .text: texts.randomElement(using: &dice)! + " \(number)"
                    case .date: "2023-04-05"
                    case .money, .count: String(Int.random(in: 0...90_000_000, using: &dice))
                    }
            }
            return asset
        }
        for headings in SheetExport.Headings.allCases {
            let bytes = SheetExport.bytes(known.assets, headings: headings)
            let again = SheetImport(try SheetReader.read(bytes), known: known)
            #expect(again.faults.isEmpty && again.rows.count == 200 && again.rows.allSatisfy(\.isSame))
            var empty = known
            empty.assets = []
            let fresh = SheetImport(try SheetReader.read(bytes), known: empty)
            #expect(fresh.faults.isEmpty)
            #expect(SheetExport.bytes(fresh.changedRows.map(\.asset), headings: headings) == bytes)
        }
    }

    @Test func theBadRowsComeBackMended() throws {
        let text = """
            Mã;Tên;Loại;Giá\r
            BD-1;Máy chủ A;máy chủ;12,5\r
            ;Màn hình;màn hình;\r
            ;Màn hình;màn hìn;=1\r
            """
        let first = try SheetSamples.taken(text)
        #expect(first.faults.map { [$0.row, $0.column] } == [[2, 4], [4, 3], [4, 4]])
        #expect(first.changedRows.map(\.asset.name) == ["man-hinh"])
        let known = SheetSamples.known(after: first, before: SheetSamples.known)
        let bad = String(decoding: try #require(first.badRows), as: UTF8.self)
        #expect(
            bad.hasPrefix("\u{feff}Mã,Tên,Loại,Giá,name,problem\r\nBD-1,Máy chủ A,máy chủ,\"12,5\",,\"row 2, column 4"))
        let mended = bad.replacing("12,5", with: "12.500").replacing("màn hìn,", with: "màn hình,")
            .replacing("'=1", with: "1.000")
        let second = try SheetSamples.taken(String(mended.dropFirst()), known: known)
        #expect(second.faults.isEmpty && second.badRows == nil)
        #expect(
            second.changedRows.map(\.asset.name) == ["bd-1", "man-hinh-2"],
            "the good row of the same title is left alone")
    }

    @Test func aChangeOfClassDropsNothingSilently() throws {
        let refused = try SheetSamples.taken("name,class\nline-1,router\n")
        #expect(refused.faults.map(\.column) == [2, 2] && refused.changedRows.isEmpty)
        let allowed = try SheetSamples.taken("name,class,carrier,bandwidth\nline-1,router,,\n")
        #expect(allowed.faults.isEmpty)
        #expect(
            allowed.changedRows.map(\.asset) == [
                SheetAsset(name: "line-1", assetClass: "router", book: [.code: "BD-0002"])
            ])
    }

    @Test func anAddressIsJudgedAnewOnlyWhenItOrTheClassChanges() throws {
        var known = SheetSamples.known
        known.assets[0].address = "192.0.2.1"
        for (text, columns) in [
            ("name,note\nweb-1,x\n", []), ("name,address\nweb-1,192.0.2.1\n", []),
            ("name,address\nweb-1,192.0.2.2\n", [2]), ("name,class\nweb-1,licence\n", [2]),
            ("name,address,class\nweb-1,192.0.2.1,licence\n", [2]), ("name,address,class\nweb-1,,licence\n", []),
        ] as [(String, [Int])] {
            let taken = SheetImport(try SheetReader.read(Array(text.utf8)), known: known) { _, _ in "takes none" }
            #expect(taken.faults.map(\.column) == columns, "\(text)")
        }
    }

    @Test func wrongHeadingsTakeNothingInButRowsAreCheckedAllTheSame() throws {
        let taken = try SheetSamples.taken("STT,code,class\n1,X-1,server\n2,X-2,xe\n")
        #expect(taken.faults.map { [$0.row, $0.column] } == [[1, 1], [3, 3]])
        #expect(taken.changedRows.isEmpty)
        #expect(try SheetSamples.taken("STT,code,class\n1,X-1,server\n", choices: ["STT=-"]).changedRows.count == 1)
    }
}
