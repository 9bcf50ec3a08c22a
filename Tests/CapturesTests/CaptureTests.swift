import Captures
import Testing

@Suite struct CaptureTests {
    private let begin = ContinuousClock.now

    private func masked(_ bytes: [UInt8], hiding secrets: String...) throws -> Masked {
        let capture = Capture(since: begin)
        for secret in secrets { capture.hide(secret) }
        capture.note(.sent, bytes, peer: "192.0.2.1:161", medium: "UDP", at: begin + .milliseconds(2))
        let moment = try #require(capture.moments.first)
        #expect(moment.offset == .milliseconds(2))
        guard case .bytes(.sent, let masked, peer: "192.0.2.1:161", medium: "UDP", size: bytes.count) = moment.what
        else {
            Issue.record("\(moment)")
            throw CancellationError()
        }
        return masked
    }

    @Test func bytesAreDumpedWithTheirSigns() throws {
        let masked = try masked(Array("public".utf8) + [0, 0xff] + Array(0x30...0x39))
        #expect(
            masked.lines == [
                "0000  70 75 62 6c 69 63 00 ff 30 31 32 33 34 35 36 37  public..01234567",
                "0010  38 39                                            89",
            ])
        #expect(masked.hexadecimal == "7075626c696300ff30313233343536373839")
    }

    @Test func textIsShownByLines() throws {
        let masked = try masked(Array("GET / HTTP/1.1\r\nHost: cổng.example\r\n\r\n".utf8))
        #expect(masked.lines == ["GET / HTTP/1.1", "Host: cổng.example", ""])
    }

    @Test func secretsAreHiddenWhereverTheyStand() throws {
        let binary = try masked(
            [0x30, 0x04] + Array("s3cret".utf8) + [0xa0] + Array("s3cret".utf8), hiding: "s3cret", "")
        #expect(binary.hexadecimal == "3004************a0************")
        #expect(binary.lines == ["0000  30 04 ** ** ** ** ** ** a0 ** ** ** ** ** **     0.******.******"])
        #expect(try masked(Array("short".utf8), hiding: "longer than all").text == "short")
        let overlapping = try masked(Array("aaab".utf8), hiding: "aa")
        #expect(overlapping.text == "***b")
    }

    @Test func fieldsThatLetSomebodyInAreHidden() throws {
        let lines = try masked(
            Array("GET / HTTP/1.1\r\nAUTHORIZATION: Basic dTpw\r\nCookie:a=b\r\nX-Other: c\r\nCookie:".utf8)
        ).lines
        #expect(
            lines == [
                "GET / HTTP/1.1", "AUTHORIZATION:***********", "Cookie:***", "X-Other: c", "Cookie:",
            ])
    }

    @Test func ofMuchTheFirstPartIsShownAndTheSizeTold() throws {
        let capture = Capture(since: begin)
        for _ in 0..<3 {
            capture.note(.received, [UInt8](repeating: 0, count: 100_000), peer: "p", medium: "TCP", at: begin)
        }
        let kept = capture.moments.map { moment -> Int in
            guard case .bytes(_, let masked, _, _, size: 100_000) = moment.what else { return -1 }
            return masked.bytes.count
        }
        #expect(kept == [100_000, 100_000, 62_144])
        let dump = try masked([UInt8](repeating: 0, count: 2000)).lines
        #expect(dump.count == 65 && dump.last == "… 976 more bytes")
        let text = try masked(Array(String(repeating: "line\n", count: 100).utf8)).lines
        #expect(text.count == 65 && text.last == "… 36 more lines")
    }

    @Test func whatComesInPiecesIsOneEvent() {
        let capture = Capture(since: begin)
        for (direction, text) in [(Capture.Direction.sent, "a"), (.sent, "b"), (.received, "c"), (.received, "d")] {
            capture.note(direction, text.utf8, peer: "p", medium: "HTTP", continues: true, at: begin)
        }
        capture.note(.received, "e".utf8, peer: "p", medium: "HTTP", at: begin)
        let pieces = capture.moments.map { moment -> String in
            guard case .bytes(let direction, let masked, _, _, let size) = moment.what else { return "" }
            return "\(direction) \(masked.text) \(size)"
        }
        #expect(pieces == ["sent ab 2", "received cd 2", "received e 1"])
    }

    @Test func wordsAreNotedAndHideSecretsAsWell() {
        let capture = Capture(since: begin)
        capture.hide("s3cret")
        capture.note("logged in by s3cret", at: begin)
        #expect(capture.moments.map(\.what) == [.note("logged in by ******")])
    }

    @Test func theCaptureOfATaskIsThatOfItsChildren() async {
        #expect(Capture.current == nil)
        let capture = Capture(since: begin)
        await Capture.$current.withValue(capture) {
            async let child = Capture.current === capture
            #expect(await child)
        }
    }
}
