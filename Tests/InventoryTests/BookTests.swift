import Inventory
import Testing

@Suite struct BookTests {
    @Test(arguments: [
        ("12500000", "12500000"), ("12.500.000", "12500000"), ("12,500,000 VND", "12500000"),
        ("12 500 000 đ", "12500000"), ("1.000 đồng", "1000"), ("0", "0"), ("500₫", "500"), ("  ", ""),
    ])
    func moneyIsWholeDong(written: String, kept: String) throws {
        #expect(try BookValue.normal(written, for: .price) == kept)
    }

    @Test(arguments: ["1.5", "1,500.00", "-3", "12.50.000", "một triệu", "1e6", "99999999999999999999", "đ", "1.0000"])
    func whatIsNoWholeAmountIsRefused(written: String) {
        #expect(throws: BookError.self) { try BookValue.normal(written, for: .price) }
    }

    @Test(arguments: [
        ("2023-04-05", "2023-04-05"), ("05/04/2023", "2023-04-05"), ("5.4.2023", "2023-04-05"),
        ("29-02-2024", "2024-02-29"), ("2024-2-9", "2024-02-09"),
    ])
    func aDayComesFirstWhereTheYearComesLast(written: String, kept: String) throws {
        #expect(try BookValue.normal(written, for: .purchased) == kept)
    }

    @Test(arguments: ["29/02/2023", "31-04-2023", "2023-13-01", "04/2023", "45000", "2023", "1/2/23", "٢٠٢٣-٠١-٠١"])
    func whatIsNoDayIsRefused(written: String) {
        #expect(throws: BookError.self) { try BookValue.normal(written, for: .warranty) }
    }

    @Test func textIsOneLineWithoutBlanksAround() throws {
        #expect(try BookValue.normal(" \u{a0}Trần Thị B\t", for: .custodian) == "Trần Thị B")
        #expect(throws: BookError.self) { try BookValue.normal("a\nb", for: .note) }
        #expect(throws: BookError.self) { try BookValue.normal(String(repeating: "x", count: 101), for: .code) }
        #expect(try BookValue.normal("25", for: .seats) == "25")
        #expect(throws: BookError.self) { try BookValue.normal("-1", for: .seats) }
    }

    @Test func whatCameOutGoesInAgain() throws {
        let samples = ["", "a b", "12.500.000", "05/04/2023", "7", "Sở TT&TT", "1,000", "31/12/1999"]
        for field in BookField.allCases {
            for sample in samples {
                guard let once = Self.normal(sample, field) else { continue }
                #expect(Self.normal(once, field) == once, "\(field) \(sample)")
            }
        }
    }

    @Test func everyClassHasEveryCommonFieldOnce() {
        #expect(Set(AssetClass.all.map(\.name)).count == AssetClass.all.count)
        for assetClass in AssetClass.all {
            #expect(assetClass.allFields.starts(with: BookField.common))
            #expect(Set(assetClass.allFields).count == assetClass.allFields.count)
            #expect(AssetClass.named(assetClass.name) == assetClass)
        }
        let brought = Set(AssetClass.all.flatMap(\.allFields))
        #expect(brought == Set(BookField.allCases), "a field that no class has")
    }

    private static func normal(_ text: String, _ field: BookField) -> String? {
        do { return try BookValue.normal(text, for: field) } catch { return nil }
    }
}
