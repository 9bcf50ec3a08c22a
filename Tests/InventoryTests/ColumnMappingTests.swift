import Inventory
import Testing
import Vocabulary

@Suite struct ColumnMappingTests {
    @Test(arguments: [
        ("Mã tài sản", "code"), ("Số sê-ri", "serial"), ("Ngày mua", "purchased"), ("Nguyên giá (đồng)", "price"),
        ("NGUYÊN GIÁ", "price"), ("Đơn vị sử dụng", "unit"), ("don vi su dung", "unit"), ("Người sử dụng", "custodian"),
        ("Hạn bảo hành", "warranty"), ("Ghi chú", "note"), ("Loại tài sản", "class"), ("Tên tài sản", "title"),
        ("Địa điểm", "site"), ("Asset tag", "code"), ("S/N", "serial"), ("Purchase date", "purchased"),
        ("Ma\u{303} ta\u{300}i sa\u{309}n", "code"), (" Tên   Tài_Sản: ", "title"), ("Địa chỉ IP", "address"),
    ])
    func aHeadingIsKnownHoweverItIsWritten(heading: String, column: String) throws {
        let sheet = try SheetReader.read(SheetSamples.marked("\"\(heading)\"\nx"))
        let mapping = ColumnMapping(heading: sheet.heading)
        #expect(mapping.faults.isEmpty)
        #expect(mapping.entries.map(\.field?.word) == [column])
    }

    @Test func everyColumnIsKnownByItsWordAndNoHeadingByTwo() {
        var columns: [String: SheetColumn] = [:]
        for column in SheetColumn.all {
            #expect(SheetColumn(word: column.word) == column)
            #expect(SheetColumn(heading: column.word) == column)
            for heading in column.headings {
                #expect(SheetColumn(heading: heading) == column, "\(heading)")
                #expect(columns[heading.folded, default: column] == column, "\(heading) is known twice")
                columns[heading.folded] = column
            }
        }
    }

    @Test func aChoiceWinsAndAnUnknownHeadingIsNamed() throws {
        let heading = try SheetReader.read(SheetSamples.marked("STT,Mã,Tên máy,Ghi chú\n")).heading
        let plain = ColumnMapping(heading: heading)
        #expect(plain.faults.map(\.column) == [1, 3])
        #expect(plain.faults[0].problem.contains("--map \"STT=-\""))
        let chosen = ColumnMapping(
            heading: heading,
            choices: try ["STT=-", "tên  máy=title", "Mã=serial"].map(ColumnChoice.init))
        #expect(chosen.faults.isEmpty)
        #expect(chosen.entries.map(\.field?.word) == [nil, "serial", "title", "note"])
    }

    @Test func twoHeadingsForOneColumnAndAChoiceForNoneAreRefused() throws {
        let heading = try SheetReader.read(SheetSamples.marked("Mã,Mã tài sản,code\n")).heading
        #expect(ColumnMapping(heading: heading).faults.map(\.column) == [2, 3])
        let faults = ColumnMapping(heading: heading, choices: [try ColumnChoice("Mã=-"), try ColumnChoice("X=note")])
            .faults
        #expect(faults.map(\.column) == [3, 0])
        #expect(faults[1].heading == "X")
    }

    @Test(arguments: ["code", "=code", "a=codes", "a=", ""])
    func aChoiceThatMapsNothingIsRefused(text: String) {
        #expect(throws: SheetFault.self) { try ColumnChoice(text) }
    }

    @Test func classesAndImportancesHaveTheirWords() {
        for (word, name) in [
            ("Máy chủ", "server"), ("thiết bị chuyển mạch", "switch"), ("TƯỜNG LỬA", "firewall"),
            ("Đường truyền", "line"), ("bản quyền", "licence"), ("License", "licence"), ("ups", "ups"),
        ] {
            #expect(SheetWords.assetClass(word)?.name == name)
        }
        for known in AssetClass.all { #expect(SheetWords.assetClass(known.name) == known) }
        #expect(SheetWords.assetClass("xe tải") == nil && SheetWords.assetClass("") == nil)
        #expect(SheetWords.importance("Cốt lõi") == .core && SheetWords.importance("cực kỳ") == nil)
    }

    @Test(arguments: [
        ("Máy chủ 01", "may-chu-01"), ("BD/2023.0001", "bd-2023-0001"), ("  ", ""), ("資産", ""), ("Sê-ri Ô", "se-ri-o"),
        (String(repeating: "ab ", count: 40), String(repeating: "ab-", count: 20) + "ab"),
    ])
    func aNameIsMadeOfWhatPeopleWrite(text: String, name: String) {
        #expect(AssetName.made(from: text) == name)
        #expect(name.isEmpty || AssetName.isGood(name))
    }
}
