import Inventory
import TestSupport
import Testing

@Suite struct SheetReaderTests {
    static let table = "Mã tài sản;Ghi chú\r\nBD-1;\"dòng một\r\ndòng \"\"hai\"\"\"\r\nBD-2;đường\r\n"

    @Test(arguments: [
        (SheetSamples.marked(table), SheetEncoding.markedUTF8), (Array(table.utf8), .utf8),
        (SheetSamples.utf16(table), .utf16LittleEndian),
        (SheetSamples.utf16(table, littleEndian: false), .utf16BigEndian),
    ])
    func everyEncodingOfASpreadsheetReadsTheSame(bytes: [UInt8], encoding: SheetEncoding) throws {
        let sheet = try SheetReader.read(bytes)
        #expect(sheet.encoding == encoding)
        #expect(sheet.delimiter == .semicolon)
        #expect(sheet.heading.cells == ["Mã tài sản", "Ghi chú"])
        #expect(sheet.rows.map(\.cells) == [["BD-1", "dòng một\r\ndòng \"hai\""], ["BD-2", "đường"]])
        #expect(sheet.rows.map(\.row) == [2, 3])
        #expect(sheet.rows.map(\.line) == [2, 4], "a line break within a cell counts as a line")
    }

    @Test(arguments: SheetDelimiter.allCases)
    func theDelimiterIsTheOneAmongTheHeadings(delimiter: SheetDelimiter) throws {
        let mark = String(UnicodeScalar(delimiter.rawValue))
        let headings = ["code", "\"a, b; c\td, e; f\tg, h; i\tj\"", "note"].joined(separator: mark)
        let sheet = try SheetReader.read(Array("\n\(mark)\(mark)\r\(headings)\n1\(mark)2\(mark)3\n".utf8))
        #expect(sheet.delimiter == delimiter)
        #expect(sheet.heading.cells.count == 3)
        #expect(sheet.heading.row == 3, "blank rows keep their numbers")
        #expect(sheet.rows.map(\.cells) == [["1", "2", "3"]])
    }

    @Test func headingsAreOneLineAndEmptyOnesAtTheEndAreNone() throws {
        let sheet = try SheetReader.read(Array("\"Nguyên giá\n (đồng)\", code ,,\n1,2,,\n\n,,,\n3".utf8))
        #expect(sheet.heading.cells == ["Nguyên giá (đồng)", "code"])
        #expect(sheet.rows.map(\.cells) == [["1", "2", "", ""], ["3"]])
        #expect(sheet.rows.map(\.row) == [2, 5])
    }

    @Test func aSurrogatePairIsOneCharacterAndALoneOneAFault() throws {
        var bytes = SheetSamples.utf16("a\tb\n🛰\tx\n")
        #expect(try SheetReader.read(bytes).rows[0].cells == ["🛰", "x"])
        bytes += [0x00, 0xd8, 0x09, 0x00, 0x41]
        let row = try SheetReader.read(bytes).rows[1]
        #expect(row.faults.map(\.column) == [1, 2])
        #expect(row.faults.allSatisfy { $0.problem.contains("UTF-8") && $0.row == 3 })
    }

    @Test func whatCannotBeReadAsAWholeIsSaid() {
        for (bytes, words) in [
            ([], "empty"), (Array("\r\n , ,\n".utf8), "empty"), ([0xff, 0xfe], "empty"),
            (Array("a,\"b\nc,d".utf8), "never closed"), ([0x61, 0x2c, 0xc3, 0x28], "UTF-8"),
            (Array(String(repeating: "a,", count: 101).utf8), "more than 100 columns"),
            (Array(("a\n" + String(repeating: "\n", count: 100_001)).utf8), "more than 100000 rows"),
            ([UInt8](repeating: 0x61, count: (64 << 20) + 1), "67108864 at most"),
        ] as [([UInt8], String)] {
            let fault = #expect(throws: SheetFault.self) { try SheetReader.read(bytes) }
            #expect(fault?.problem.contains(words) == true, "\(words): \(String(describing: fault))")
        }
    }

    @Test func asManyRowsAndColumnsAsAllowedAreRead() throws {
        let columns = (1...100).map(String.init).joined(separator: ",")
        #expect(try SheetReader.read(Array("\(columns)\n\(columns)".utf8)).rows[0].cells.count == 100)
        let sheet = try SheetReader.read(Array(("a" + String(repeating: "\nx", count: 100_000)).utf8))
        #expect(sheet.rows.count == 100_000 && sheet.rows.last?.row == 100_001)
    }

    @Test func anyBytesAreReadOrRefused() {
        var dice = Dice(seed: 7)
        let alphabet = Array("\"\"\"\",,;;\t\r\n\n'=+a\u{0}đ".utf8) + [0xff, 0xfe, 0xc3, 0xd8, 0x80]
        for _ in 0..<4000 {
            let count = Int.random(in: 0...120, using: &dice)
            var bytes = (0..<count).compactMap { _ in alphabet.randomElement(using: &dice) }
            if Bool.random(using: &dice) {
                bytes = [[0xff, 0xfe], [0xfe, 0xff]].randomElement(using: &dice)! + bytes
            }
            do {
                let sheet = try SheetReader.read(bytes)
                let taken = SheetImport(sheet, known: SheetSamples.known)
                #expect(taken.rows.count == sheet.rows.count)
                for row in sheet.rows { #expect(row.faults.allSatisfy { $0.row == row.row && $0.column > 0 }) }
            } catch {
                #expect(!error.problem.isEmpty)
            }
        }
    }
}
