import Keys
import Testing

@Suite struct SecretTests {
    private func secret(_ bytes: [UInt8]) -> SecretBytes {
        var bytes = bytes
        return SecretBytes(wiping: &bytes)
    }

    @Test func sha256MatchesFIPS180() throws {
        #expect(
            Hex.encode(try Digest.sha256(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func hmacMatchesRFC4231() throws {
        let code = try HMAC.sha256(Array("what do ya want for nothing?".utf8), key: secret(Array("Jefe".utf8)))
        #expect(Hex.encode(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(try HMAC.sha256([], key: secret([])).count == 32)
    }

    @Test func constantTimeComparisonComparesAll() {
        #expect([UInt8]().isEqualInConstantTime(to: []))
        #expect([UInt8]([1, 2]).isEqualInConstantTime(to: [1, 2]))
        #expect(![UInt8]([1, 2]).isEqualInConstantTime(to: [1, 3]))
        #expect(![UInt8]([1, 2]).isEqualInConstantTime(to: [1, 2, 3]))
    }

    @Test func takingBytesOverEmptiesTheSource() {
        var source: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(wiping: &source)
        #expect(source.isEmpty && secret.count == 3)
        #expect(secret.withBytes { Array($0) } == [1, 2, 3])
    }

    @Test func randomBytesDifferAndABadCountIsAnError() throws {
        #expect(try Random.bytes(0).isEmpty)
        #expect(try Random.bytes(16) != Random.bytes(16))
        #expect(throws: KeysError.self) { try Random.bytes(-1) }
    }
}

@Suite struct SealedBoxTests {
    private func box(_ key: String) throws -> SealedBox {
        var bytes = try #require(Hex.decode(key))
        return try SealedBox(key: SecretBytes(wiping: &bytes))
    }

    private static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"

    /// Test cases 13 and 16 of "The Galois/Counter Mode of Operation", as submitted to NIST.
    @Test(arguments: [
        (String(repeating: "0", count: 64), "000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        (
            key, "cafebabefacedbaddecaf888",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ])
    func openingMatchesNIST(
        key: String, nonce: String, plaintext: String, context: String, ciphertext: String, tag: String
    ) throws {
        let sealed = try #require(Hex.decode(nonce + ciphertext + tag))
        #expect(Hex.encode(try box(key).open(sealed, context: #require(Hex.decode(context)))) == plaintext)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1000])
    func whatIsSealedOpens(count: Int) throws {
        let box = try box(Self.key)
        let plaintext = try Random.bytes(count)
        let sealed = try box.seal(plaintext, context: Array("secret snmp".utf8))
        #expect(sealed.count == count + SealedBox.overhead)
        #expect(try box.open(sealed, context: Array("secret snmp".utf8)) == plaintext)
        #expect(try box.seal(plaintext, context: []) != box.seal(plaintext, context: []))
    }

    @Test func everyAlteredByteAndEveryCutIsNoticed() throws {
        let box = try box(Self.key)
        let sealed = try box.seal(Array("community".utf8), context: [1])
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 1
            #expect(throws: KeysError.self) { try box.open(altered, context: [1]) }
            #expect(throws: KeysError.self) { try box.open(Array(sealed.prefix(index)), context: [1]) }
        }
        #expect(throws: KeysError.self) { try box.open(sealed, context: [2]) }
        #expect(throws: KeysError.self) { try box.open(sealed, context: []) }
        #expect(throws: KeysError.self) { try SealedBox(key: .random(32)).open(sealed, context: [1]) }
    }

    @Test func aKeyOfAnotherLengthIsRefused() throws {
        #expect(throws: KeysError.self) { try SealedBox(key: .random(16)) }
    }
}
