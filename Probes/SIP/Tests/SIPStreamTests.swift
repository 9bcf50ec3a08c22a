import SIPProbe
import Testing

@Suite struct SIPStreamTests {
    private let trying = "SIP/2.0 100 Trying\nl: 0\n\n".wire
    private let answer = "SIP/2.0 200 OK\nContent-Length: 4\n\n".wire + Array("v=0\n".utf8)

    @Test func messagesAreCutHoweverTheyAreBrokenUp() {
        let all = Array("\r\n\r\n".utf8) + trying + answer + Array("\r\n".utf8) + trying
        for size in [1, 2, 3, 7, 64, 1000] {
            var stream = SIPStream()
            var items: [SIPStream.Item] = []
            var rest = all[...]
            while !rest.isEmpty {
                stream.take(rest.prefix(size))
                rest = rest.dropFirst(size)
                while let item = stream.next() { items.append(item) }
            }
            #expect(items == [.pong, .pong, .message(trying), .message(answer), .pong, .message(trying)])
            #expect(stream.isEmpty)
        }
    }

    @Test func bareLineFeedsEndAHeadToo() {
        var stream = SIPStream()
        stream.take(Array("SIP/2.0 200 OK\nl:1\n\nxSIP".utf8))
        #expect(stream.next() == .message(Array("SIP/2.0 200 OK\nl:1\n\nx".utf8)))
        #expect(stream.next() == nil && stream.rest == Array("SIP".utf8))
    }

    @Test func rubbishEndsIt() {
        for text in ["HTTP/1.1 400 Bad\r\n\r\n", "\rX", "220 mail\r\n\r\n"] {
            var stream = SIPStream()
            stream.take(Array(text.utf8))
            #expect(stream.next() == .rubbish)
            stream.take(answer)
            #expect(stream.next() == nil)
        }
    }

    @Test func aRequestOfTheOtherSideIsAMessage() {
        var stream = SIPStream()
        stream.take("NOTIFY sip:a@b SIP/2.0\nContent-Length: 2\n\n".wire + Array("ab".utf8) + answer)
        #expect(stream.next() == .message("NOTIFY sip:a@b SIP/2.0\nContent-Length: 2\n\n".wire + Array("ab".utf8)))
        #expect(stream.next() == .message(answer))
    }

    @Test func oneByteAtATimeCostsNoMore() {
        var stream = SIPStream()
        stream.take("SIP/2.0 200 OK\nX: ".wire)
        var item: SIPStream.Item?
        for _ in 0..<70_000 where item == nil {
            stream.take([0x41])
            item = stream.next()
        }
        #expect(item == .rubbish)
    }

    @Test func moreThanAnybodyNeedsIsRubbish() {
        var stream = SIPStream()
        stream.take("SIP/2.0 200 OK\nContent-Length: 999999\n\n".wire)
        #expect(stream.next() == .rubbish)
        var endless = SIPStream()
        var item: SIPStream.Item?
        endless.take("SIP/2.0 200 OK\nX: ".wire)
        for _ in 0..<2000 where item == nil {
            endless.take([UInt8](repeating: 0x41, count: 100))
            item = endless.next()
        }
        #expect(item == .rubbish && endless.rest.count < 70_000)
    }
}
