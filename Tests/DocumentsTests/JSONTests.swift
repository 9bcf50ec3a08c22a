import Documents
import Testing

@Suite struct JSONTests {
    private func read(_ text: String) throws(DocumentError) -> JSONValue { try JSONValue(Array(text.utf8)) }

    @Test func everyKindOfValueIsRead() throws {
        let value = try read(
            """
             {"a": [1, -2.5e3, true, false, null], "b": {"c": "x\\"\\\\\\/\\n\\u00e1\\ud83d\\ude00Bình"}, "d": [], "e": {}} \n
            """)
        #expect(value["a"]?.elements == [.number(1), .number(-2500), .bool(true), .bool(false), .null])
        #expect(value["b"]?["c"]?.text == "x\"\\/\ná😀Bình")
        #expect(value["d"] == .array([]) && value["e"] == .object([:]))
        #expect(value["a"]?.elements.map(\.text) == ["1", "-2500", "true", "false", nil])
        #expect(value["z"] == nil && value["a"]?["x"] == nil && value.elements.isEmpty)
        #expect(try read("0.5").text == "0.5")
    }

    @Test(arguments: [
        ("", "it ends before the value", 0), ("{\"a\":1", "no comma and no end", 6), ("[1,]", "no value", 3),
        ("{a:1}", "a member without a name", 1), ("\"\\x\"", "an unknown escape", 3),
        ("\"a", "it ends within a string", 2),
        ("1 2", "something follows the value", 2), ("+1", "no value", 0), ("nul", "no value", 0),
        ("\"\\u12\"", "\\u without four digits", 3), ("\"\n\"", "a control character in a string", 2),
    ])
    func whatIsNoneIsSaidWithItsPlace(text: String, problem: String, offset: Int) {
        #expect(throws: DocumentError(problem, at: offset)) { try read(text) }
    }

    @Test func aNumberThatNoDoubleHoldsIsRefused() {
        #expect(throws: DocumentError.self) { try read("1e999") }
    }

    @Test func depthIsBounded() {
        #expect(throws: DocumentError.self) { try read(String(repeating: "[", count: 100_000)) }
    }

    @Test(arguments: ["", "plain", "\"\\\n\r\t\u{1}", "Xã An Bình 😀"]) func whatIsWrittenIsReadAgain(text: String)
        throws
    {
        let written = JSONText.object([(text, .array([.text(text), .integer(-7), .number(0.5), .truth(true)]))])
        let read = try read(written.description)
        #expect(read == .object([text: .array([.string(text), .number(-7), .number(0.5), .bool(true)])]))
    }
}
