import Keys
import Testing

/// The ciphers that SNMPv3 prescribes: against the documents that define them, and message after message with one key.
@Suite struct KeyedCipherTests {
    /// NIST SP 800-38A, F.3.13, F.3.15 and F.3.17: CFB128-AES with keys of 128, 192 and 256 bits.
    @Test(arguments: [
        ("2b7e151628aed2a6abf7158809cf4f3c", "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"),
        (
            "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"
        ),
        (
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"
        ),
    ])
    func aesIsThatOfTheStandard(key: String, enciphered: String) throws {
        let cipher = try KeyedCipher(.aesCFB, key: try #require(Hex.decode(key)))
        let vector = [UInt8](0..<16)
        let plain = try #require(Hex.decode("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"))
        #expect(Hex.encode(try cipher.encipher(plain, initialVector: vector)) == enciphered)
        #expect(try cipher.decipher(try #require(Hex.decode(enciphered)), initialVector: vector) == plain)
    }

    /// FIPS 81, Appendix C: DES in CBC mode.
    @Test func desIsThatOfTheStandard() throws {
        let cipher = try KeyedCipher(.desCBC, key: try #require(Hex.decode("0123456789abcdef")))
        let vector = try #require(Hex.decode("1234567890abcdef"))
        let plain = Array("Now is the time for all ".utf8)
        let enciphered = try cipher.encipher(plain, initialVector: vector)
        #expect(Hex.encode(enciphered) == "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6")
        #expect(try cipher.decipher(enciphered, initialVector: vector) == plain)
    }

    @Test(arguments: [BlockCipher.desCBC, .aesCFB]) func noMessageIsHeardInTheNext(cipher: BlockCipher) throws {
        let isDES = cipher == .desCBC
        let key = [UInt8](1...(isDES ? 8 : 16))
        let kept = try KeyedCipher(cipher, key: key)
        for number in 0..<50 {
            let vector = [UInt8](repeating: UInt8(number), count: isDES ? 8 : 16)
            let plain = [UInt8](repeating: UInt8(number), count: isDES ? 8 * number : number)
            // One that fails between two others leaves nothing either.
            #expect(throws: KeysError.self) { try kept.encipher(plain, initialVector: [1]) }
            let enciphered = try kept.encipher(plain, initialVector: vector)
            #expect(try KeyedCipher(cipher, key: key).encipher(plain, initialVector: vector) == enciphered)
            #expect(try kept.decipher(enciphered, initialVector: vector) == plain)
        }
    }

    @Test func whatIsOfNoUseIsRefused() throws {
        #expect(throws: KeysError.self) { try KeyedCipher(.aesCFB, key: [1, 2, 3]) }
        #expect(throws: KeysError.self) { try KeyedCipher(.desCBC, key: []) }
        let des = try KeyedCipher(.desCBC, key: [UInt8](1...8))
        #expect(throws: KeysError.self) { try des.decipher([1, 2, 3], initialVector: [UInt8](1...8)) }
    }
}
