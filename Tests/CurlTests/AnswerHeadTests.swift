import Curl
import Testing

@Suite struct AnswerHeadTests {
    private func head(_ lines: String...) -> AnswerHead {
        lines.reduce(into: AnswerHead()) { head, line in head.take(line: Array(line.utf8)) }
    }

    @Test func onlyTheLastAnswerCounts() {
        let head = head(
            "HTTP/1.1 301 Moved\r\n", "Location: /b\r\n", "\r\n", "HTTP/2 200\r\n", "Server:  nginx \r\n", "\r\n")
        #expect(head.headers == [Header("Server", "nginx")])
    }

    @Test func namesAreFoundWhateverTheirCase() {
        let head = head("HTTP/2 200\r\n", "set-cookie: a=1\r\n", "Set-Cookie: b=2\r\n")
        #expect(head.headers.values(of: "SET-COOKIE") == ["a=1", "b=2"])
    }

    @Test(arguments: [
        ("Content-Type", "content-type", true), ("X_A", "x_a", true), ("X-A", "X-B", false), ("X-A", "X-AB", false),
        ("X@", "X`", false), ("X[", "X{", false), ("", "", true), ("Đ", "đ", false),
    ])
    func lettersOfEitherCaseAreTheSameAndNothingElse(name: String, wanted: String, isSame: Bool) {
        #expect(Header(name, "").isNamed(wanted) == isSame)
    }

    @Test func aFoldedLineContinuesItsField() {
        #expect(head("X-A: one\r\n", " two\r\n", "\tthree\r\n").headers == [Header("X-A", "one two three")])
        #expect(head(" two\r\n").headers == [])
    }

    @Test(arguments: ["", "\r\n", ":", ": x\r\n", "no colon\r\n"]) func whatIsNoFieldIsPassedOver(line: String) {
        #expect(head(line).headers == [])
    }

    @Test func aFloodOfFieldsIsCut() {
        var head = AnswerHead()
        for number in 0..<10_000 {
            head.take(line: Array("X-\(number): \(String(repeating: "y", count: 90))\r\n".utf8))
        }
        #expect(head.headers.count < 1000)
    }

    @Test(arguments: [
        Header("X-A", "one\r\nEvil: two"), Header("X A", "b"), Header("", "b"), Header("X:", "b"), Header("Ă", "b"),
        Header("X", "\0"),
    ])
    func aFieldThatWouldBecomeAnotherIsUnsound(header: Header) {
        #expect(!header.isSound)
    }

    @Test func namesAreMadeOfTheBytesThatTheStandardLists() {
        let listed = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for byte in UInt8(0)..<128 {
            let name = String(decoding: [byte], as: UTF8.self)
            #expect(Header(name, "").isSound == listed.contains(name), "\(byte)")
        }
    }

    @Test(arguments: [
        ("A:", "A", ""), ("A: \t b \t", "A", "b"), ("A:b:c", "A", "b:c"), ("A:\u{e9}", "A", "\u{e9}"),
        ("A:   ", "A", ""),
    ])
    func aLineIsANameAndAValue(line: String, name: String, value: String) {
        #expect(head(line + "\r\n").headers == [Header(name, value)])
    }

    @Test func vietnameseValuesAreSound() {
        #expect(Header("X-Site", "Xã An Bình").isSound)
    }
}
