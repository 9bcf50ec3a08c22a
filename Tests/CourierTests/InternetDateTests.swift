import Courier
import Testing
import Vocabulary

@Suite struct InternetDateTests {
    /// As `date -u -R` and `date -u` print them.
    @Test(arguments: [
        (Int64(0), "Thu, 01 Jan 1970 00:00:00"), (951_782_400, "Tue, 29 Feb 2000 00:00:00"),
        (1_700_000_000, "Tue, 14 Nov 2023 22:13:20"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59"),
    ])
    func isWhatOthersPrint(seconds: Int64, text: String) {
        #expect(Instant(seconds: seconds).mailDate == "\(text) +0000")
        #expect(Instant(httpDate: "\(text) GMT") == Instant(seconds: seconds))
    }

    @Test func whatIsWrittenIsRead() {
        for day in stride(from: Int64(0), to: 80 * 366, by: 17) {
            let instant = Instant(seconds: day * 86_400 + day * 7919 % 86_400)
            #expect(Instant(httpDate: instant.mailDate.replacing("+0000", with: "GMT")) == instant)
        }
    }

    @Test(arguments: [
        "", "soon", "Tue, 14 Nov 2023 22:13:20", "Tue, 14 Nov 2023 22:13:20 CET", "Tue, 14 Now 2023 22:13:20 GMT",
        "Tue, 32 Nov 2023 22:13:20 GMT", "Tue, 14 Nov 2023 24:13:20 GMT", "Tue, 14 Nov 2023 22:13 GMT",
        "Tue, 14  Nov 2023 22:13:20 GMT", "Tue, -1 Nov 2023 22:13:20 GMT",
    ])
    func whatIsNoDateIsNone(text: String) {
        #expect(Instant(httpDate: text) == nil)
    }
}
