import Enrolment
import Keys
import Testing

@Suite struct EnrolmentTokenTests {
    private let token: EnrolmentToken

    init() throws {
        token = try EnrolmentToken(
            address: "https://collector.example:8444", fingerprint: PrivateKey.generate().fingerprint)
    }

    @Test func aTokenComesBack() throws {
        #expect(token.text.hasPrefix("hd1."))
        #expect(token.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
        let read = try EnrolmentToken(token.text)
        #expect(read == token && read.address == token.address && read.fingerprint == token.fingerprint)
        #expect(read.secret == token.secret && read.secret.utf8.count == 32)
    }

    @Test func blanksAndBrokenLinesDoNoHarm() throws {
        let text = token.text
        let middle = text.index(text.startIndex, offsetBy: 40)
        #expect(try EnrolmentToken("  \(text[..<middle])\r\n\(text[middle...])\n") == token)
    }

    @Test func everyTypingErrorIsNoticed() throws {
        let text = Array(token.text.utf8)
        for index in text.indices {
            for letter in [UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "0")]
            where text[index] != letter {
                var altered = text
                altered[index] = letter
                #expect(throws: EnrolmentTokenError.self) { try read(altered) }
            }
            #expect(throws: EnrolmentTokenError.self) { try read(Array(text.prefix(index))) }
            var swapped = text
            swapped.swapAt(index, max(0, index - 1))
            if swapped != text { #expect(throws: EnrolmentTokenError.self) { try read(swapped) } }
        }
        #expect(throws: EnrolmentTokenError.damaged) { try read(text + text.suffix(1)) }
    }

    private func read(_ text: [UInt8]) throws -> EnrolmentToken {
        try EnrolmentToken(String(decoding: text, as: UTF8.self))
    }

    @Test func anotherTextIsNoToken() {
        for text in ["", "hd2.AAAA", "password", String(repeating: "hd1.", count: 1000)] {
            #expect(throws: EnrolmentTokenError.notAToken) { try EnrolmentToken(text) }
        }
        #expect(throws: EnrolmentTokenError.damaged) { try EnrolmentToken("hd1.") }
    }

    @Test(arguments: ["https://10.1.2.3:8444", "https://[2001:db8::1]:8444", "https://thu-thap:1"])
    func anAddressIsSchemeHostAndPort(address: String) throws {
        let made = try EnrolmentToken(address: address, fingerprint: token.fingerprint)
        #expect(try EnrolmentToken(made.text).address == address)
    }

    @Test(arguments: [
        "", "https://", "https://a", "http://a:8444", "https://a:0", "https://a:65536", "https://a:8444/x",
        "https://a b:8444", "https://:8444", "https://x@a:8444", "https://[::1:8444", "https://a:+1", "https://-x:1",
    ])
    func anotherAddressIsRefused(address: String) {
        #expect(throws: EnrolmentTokenError.badAddress) {
            try EnrolmentToken(address: address, fingerprint: token.fingerprint)
        }
    }

    @Test func everyTokenHasItsOwnSecretAndPrintsWithoutIt() throws {
        let other = try EnrolmentToken(address: token.address, fingerprint: token.fingerprint)
        #expect(other.secret != token.secret)
        #expect(!"\(token)\(String(reflecting: token))".contains(token.secret))
        #expect(!"\(token)".contains("hd1."))
    }

    @Test func theStoredHashIsTheSHA256OfTheSentText() throws {
        // printf 00112233445566778899aabbccddeeff | sha256sum
        #expect(
            try EnrolmentToken.hash(ofSecret: "00112233445566778899aabbccddeeff")
                == Hex.encode(Digest.sha256(Array("00112233445566778899aabbccddeeff".utf8))))
        #expect(try EnrolmentToken.hash(ofSecret: token.secret) == EnrolmentToken.hash(ofSecret: token.secret))
    }
}
