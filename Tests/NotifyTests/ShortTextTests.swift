import Courier
import Notify
import Testing
import Vocabulary

/// A short message holds what, where and since when, whatever it has to leave out.
@Suite struct ShortTextTests {
    static let letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    private static let plain =
        "aaaaaaaaaaaaaaaaaabcddeeeeeeeeeeeeghiiiiiiklmnoooooooooooooooooopqrstuuuuuuuuuuuuvxyyyyyy"

    @Test func everyVietnameseLetterLosesItsMarks() {
        #expect(GSM7.folded(Self.letters) == Self.plain)
        #expect(GSM7.folded(Self.letters.uppercased()) == Self.plain.uppercased())
        // As some keyboards write them: letter and marks apart.
        #expect(
            GSM7.folded("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t, đu\u{31B}o\u{31B}\u{300}ng") == "Tieng Viet, duong")
    }

    @Test func whatHasNoPlaceInTheAlphabetBecomesOneThatHas() {
        #expect(GSM7.folded("a\n\tb\u{0}“c” – d… ‘e’ → f×g 🙂 `") == "a b \"c\" - d... 'e' -> fxg ? '")
        #expect(GSM7.folded("a\u{200B}\u{202E}b") == "ab")
        #expect(GSM7.length("[a]") == 5)
    }

    private func notification(
        _ subject: String, site: String = "", resolved: Instant? = nil, isRepeated: Bool = false
    ) -> Notification {
        Notification(
            id: 1, alert: 1, kind: resolved == nil ? .problem : .recovery, asset: "a", site: site, check: nil,
            outcome: .up, since: Instant(seconds: 1_700_000_000), resolved: resolved, isRepeated: isRepeated,
            subject: subject, text: "", repetition: "có thể lặp lại")
    }

    @Test func aShortOneIsWhole() {
        let text = ShortText(notification("Hỏng: portal http: Cổng đóng", site: "UBND xã An Bình")).text
        #expect(text == "Hong: portal http: Cong dong @ UBND xa An Binh 05:13 15/11")
        let over = notification("Hoạt động: portal", resolved: Instant(seconds: 1_700_000_600), isRepeated: true)
        #expect(ShortText(over).text == "(co the lap lai) Hoat dong: portal 05:13 15/11->05:23 15/11")
    }

    @Test func theWhyIsCutBeforeTheWhat() {
        let why = String(repeating: "vì không trả lời ", count: 20)
        let text = ShortText(
            notification("Hỏng: codec-xa-an-binh sip: \(why)", site: String(repeating: "Xã ", count: 40))
        ).text
        #expect(GSM7.length(text) == ShortText.limit)
        #expect(text.hasPrefix("Hong: codec-xa-an-binh sip: vi khong") && text.hasSuffix(".. 05:13 15/11"))
        #expect(text.contains(" @ Xa Xa Xa"))
    }

    static let subjects: [String] = {
        var random = SystemRandomNumberGenerator()
        let pieces = letters.map(String.init) + ["[", "~", "\\", "€", "\n", "🙂", " ", "\u{301}", "…", "漢"]
        return (0..<300).map { _ in
            (0..<Int.random(in: 0...200, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
        }
    }()

    @Test(arguments: subjects) func itAlwaysFitsAndAlwaysSaysWhen(subject: String) {
        for isRepeated in [false, true] {
            let made = notification(subject, site: subject, isRepeated: isRepeated)
            let text = ShortText(made).text
            #expect(GSM7.length(text) <= ShortText.limit, "\(text)")
            #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x60 }, "\(text)")
            #expect(text.hasSuffix(" 05:13 15/11"))
            #expect(text == ShortText(made).text)
            let what = GSM7.folded(subject).prefix(20)
            #expect(text.contains(what), "\(text) does not hold \(what)")
        }
    }
}
