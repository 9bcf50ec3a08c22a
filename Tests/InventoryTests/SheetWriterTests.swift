import Inventory
import TestSupport
import Testing

@Suite struct SheetWriterTests {
    @Test func whatIsWrittenReadsBackExactly() throws {
        var dice = Dice(seed: 11)
        let pieces = [
            "a", "Đường", "\"", "\"\"", ",", ";", "\t", "\r\n", "\n", "\r", "=", "+", "-", "@", "'", "''", " ",
            "\u{a0}",
            "e\u{302}\u{301}", "ế", "🛰", "\u{feff}", "1.000",
        ]
        for _ in 0..<1500 {
            let columns = Int.random(in: 1...6, using: &dice)
            let rows = (0..<Int.random(in: 0...6, using: &dice)).map { _ in
                (0..<columns).map { _ in
                    (0..<Int.random(in: 0...5, using: &dice)).map { _ in pieces.randomElement(using: &dice)! }.joined()
                }
            }.filter { row in !row.allSatisfy { $0.trimmedBlanks.isEmpty } }
            var writer = SheetWriter()
            writer.add((1...columns).map { "heading \($0)" })
            for row in rows { writer.add(row) }
            let sheet = try SheetReader.read(writer.bytes)
            #expect(sheet.rows.flatMap(\.faults) == [])
            #expect(SheetSamples.bytes(sheet.rows.map(\.cells)) == SheetSamples.bytes(rows))
        }
    }

    @Test(arguments: ["=1+1", "+84 274", "-5", "@SUM(A1)", "\t=1", "'=1", "''-1", "\r=1"])
    func noCellBeginsLikeAFormula(cell: String) throws {
        var writer = SheetWriter()
        writer.add(["note"])
        writer.add([cell])
        let line = String(decoding: writer.bytes, as: UTF8.self).dropFirst("\u{feff}note\r\n".count)
        #expect(line.drop { $0 == "\"" }.first == "'")
        #expect(try SheetReader.read(writer.bytes).rows.map(\.cells) == [[cell]])
    }

    @Test func anApostropheThatGuardsNothingIsData() throws {
        let sheet = try SheetReader.read(Array("note\n'abc\n'\n'=x\n".utf8))
        #expect(sheet.rows.map(\.cells) == [["'abc"], ["'"], ["=x"]])
    }

    @Test func theFileIsWhatASpreadsheetExpects() {
        var writer = SheetWriter()
        writer.add(["Mã", "a,b", " c"])
        writer.add([""])
        #expect(writer.bytes == [0xef, 0xbb, 0xbf] + Array("Mã,\"a,b\",\" c\"\r\n\"\"\r\n".utf8))
    }
}
