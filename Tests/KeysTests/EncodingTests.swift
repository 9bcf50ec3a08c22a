import Keys
import Testing

@Suite struct EncodingTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64MatchesRFC4648(plain: String, coded: String) {
        #expect(Base64.standard.encode(plain.utf8) == coded)
        #expect(Base64.standard.decode(coded) == Array(plain.utf8))
        let bare = coded.filter { $0 != "=" }
        #expect(Base64.url.encode(plain.utf8) == bare)
        #expect(Base64.url.decode(bare) == Array(plain.utf8))
    }

    @Test func theTwoAlphabetsDifferInTwoLetters() {
        #expect(Base64.standard.encode([0xfb, 0xff]) == "+/8=")
        #expect(Base64.url.encode([0xfb, 0xff]) == "-_8")
        #expect(Base64.url.decode("+/8") == nil && Base64.standard.decode("-_8=") == nil)
    }

    @Test(arguments: ["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v ", "Zm9v\n", "Z", "====", "=", "Zm=v", "Zmé="])
    func aTextThatEncodingNeverMakesIsRefused(text: String) {
        #expect(Base64.standard.decode(text) == nil)
    }

    @Test func everyLengthComesBack() throws {
        for count in 0..<70 {
            let bytes = try Random.bytes(count)
            #expect(Base64.standard.decode(Base64.standard.encode(bytes)) == bytes)
            #expect(Base64.url.decode(Base64.url.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
    }

    @Test func hexTakesBothCasesAndNothingElse() {
        #expect(Hex.encode([0, 0x0f, 0xa5, 0xff]) == "000fa5ff")
        #expect(Hex.decode("A5ff") == [0xa5, 0xff])
        #expect(Hex.decode("a") == nil && Hex.decode("0g") == nil && Hex.decode("0x") == nil && Hex.decode("é") == nil)
    }

    @Test func aFingerprintIsReadOnlyInItsOwnForm() throws {
        let text = "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        #expect(Fingerprint(text)?.description == text)
        #expect(try Fingerprint(text)?.bytes == Digest.sha256([]))
        #expect(Fingerprint("sha256//AAAA") == nil && Fingerprint(String(text.dropFirst(8))) == nil)
    }
}
