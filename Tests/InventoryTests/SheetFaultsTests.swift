import Inventory
import Testing

/// A file with a fault of every kind, one a row, among good rows.
@Suite struct SheetFaultsTests {
    private struct Case {
        var cells: String
        var column: Int
        var words: String
    }

    /// name,class,unit,site,address,importance,code,purchased,price,seats,carrier,note
    private static let cases: [Case] = [
        Case(cells: "Web 1,server", column: 1, words: "a name has lower-case letters"),
        Case(cells: "good-1,server", column: 1, words: "row 2 is about the asset good-1 too"),
        Case(cells: "a-1,,", column: 2, words: "the class is missing"),
        Case(cells: "a-2,xe tải,", column: 2, words: "is no class; known: server, service"),
        Case(cells: "a-3,server,so-abc", column: 3, words: "no unit has the name, code or title \"so-abc\""),
        Case(cells: "a-4,server,van phong", column: 3, words: "write a name: vp-1, vp-2"),
        Case(cells: "a-5,server,,xa-x", column: 4, words: "no site has"),
        Case(cells: "a-6,server,,,host name", column: 5, words: "is no address"),
        Case(cells: "a-7,server,,,,cao lắm", column: 6, words: "is none of: core, normal, low"),
        Case(cells: "a-8,server,,,,,G-1", column: 7, words: "row 2 has this code too"),
        Case(cells: "a-9,server,,,,,BD-0001", column: 7, words: "this is the code of the asset web-1"),
        Case(
            cells: "a-10,server,,,,,\(String(repeating: "x", count: 101))", column: 7, words: "has 101 characters"),
        Case(cells: "a-11,server,,,,,,31/02/2023", column: 8, words: "is no date"),
        Case(cells: "a-12,server,,,,,,,\"1,5\"", column: 9, words: "is no whole amount"),
        Case(cells: "a-13,licence,,,,,,,,nhiều", column: 10, words: "is no whole number"),
        Case(cells: "a-14,server,,,,,,,,,VNPT", column: 11, words: "class server has no carrier"),
        Case(cells: "a-15,server,,,,,,,,,,a\u{1}b", column: 12, words: "control character"),
        Case(cells: "a-16,server,,,,,,,,,,a\u{0}b", column: 12, words: "NUL"),
        Case(cells: "a-17,server,,,,,,,,,,\"a\"b", column: 12, words: "after the closing quote"),
        Case(
            cells: "a-18,server,,,,,,,,,,\(String(repeating: "ab", count: 20_000))", column: 12,
            words: "40000 bytes, 32767 at most"),
        Case(cells: "a-19,server,,,,,,,,,,x,y", column: 13, words: "more cells than there are headings (12)"),
        Case(cells: ",server,,,,,,,,,,x", column: 1, words: "nothing says which asset this is"),
        Case(cells: "a-20,server,,,,,,,,,,\u{f0000}", column: 12, words: "not UTF-8"),
        Case(cells: "a-21,server,,,,,,,,,,\"abc", column: 12, words: "never closed"),
    ]

    @Test func everyKindOfFaultIsToldWithItsPlace() throws {
        #expect(Self.cases.count >= 20)
        var text = "name,class,unit,site,address,importance,code,purchased,price,seats,carrier,note\r\n"
        text += "good-1,server,,,,,G-1\r\n"
        for wrong in Self.cases.dropLast() { text += wrong.cells + "\r\n" }
        text += "good-2,server,,,10.0.0.1,low,G-2,01/02/2023,5.000,,,\"x\r\ny\"\r\n"
        text += Self.cases[Self.cases.count - 1].cells
        // A character that stands for a byte that no UTF-8 has.
        let bytes = Self.replacing(Array("\u{f0000}".utf8), with: [0xff], in: Array(text.utf8))
        let taken = SheetImport(try SheetReader.read(bytes), known: SheetSamples.known) { asset, column in
            column == .address && asset.address.contains(" ") ? "\"\(asset.address)\" is no address" : nil
        }
        let last = Self.cases.count - 1
        let rows = Self.cases.indices.map { $0 + ($0 == last ? 4 : 3) }
        #expect(taken.faults.count == Self.cases.count)
        for (fault, (wrong, row)) in zip(taken.faults, zip(Self.cases, rows)) {
            #expect(fault.row == row, "\(fault)")
            #expect(fault.column == wrong.column, "\(fault)")
            #expect(fault.problem.contains(wrong.words), "\(fault)")
            #expect(fault.description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
        #expect(taken.changedRows.map(\.asset.name) == ["good-1", "good-2"], "the good rows are there all the same")
    }

    @Test func everyFaultOfARowIsTold() throws {
        let taken = try SheetSamples.taken("name,class,unit,price,purchased\nA B,xe,không có,1.5,hôm qua\n")
        #expect(taken.faults.map(\.column) == [1, 2, 3, 4, 5])
        #expect(taken.faults.map(\.heading) == ["name", "class", "unit", "price", "purchased"])
    }

    @Test func aCellThatCannotBeReadIsBlamedOnce() throws {
        let bytes = Array("code,class\n".utf8) + [0xff] + Array(",server\nX,".utf8) + [0xff]
        let taken = SheetImport(try SheetReader.read(bytes), known: .init())
        #expect(taken.faults.map { [$0.row, $0.column] } == [[2, 1], [3, 2]])
    }

    private static func replacing(_ old: [UInt8], with new: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at...].starts(with: old) {
                out += new
                at += old.count
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return out
    }
}
