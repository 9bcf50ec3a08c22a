import Keys
import Testing

/// The hashes that other protocols prescribe, and their codes, against the documents that define them.
@Suite struct HashFunctionTests {
    /// RFC 1321, A.5, and FIPS 180-4 (the example of SHA-512/256).
    @Test func theHashesOfChallengesAreMet() throws {
        #expect(Hex.encode(try HashFunction.md5.hash([])) == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(
            Hex.encode(try HashFunction.md5.hash(Array("message digest".utf8))) == "f96b697d7cb7938d525a2f31aaf161d0")
        #expect(
            Hex.encode(try HashFunction.sha512Half.hash(Array("abc".utf8)))
                == "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")
    }

    /// RFC 2202, 2 and 3, and RFC 4231, 4: keys shorter and longer than a block.
    @Test(arguments: [
        (HashFunction.md5, [UInt8](repeating: 0x0b, count: 16), "Hi There", "9294727a3638bb1c13f48ef8158bfc9d"),
        (
            .sha1, .init(repeating: 0xaa, count: 80), "Test Using Larger Than Block-Size Key - Hash Key First",
            "aa4ae5e15272d00e95705637ce8a3b55ed402112"
        ),
        (
            .sha224, .init(repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e"
        ),
        (
            .sha256, Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            .sha384, .init(repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952"
        ),
        (
            .sha512, Array("Jefe".utf8), "what do ya want for nothing?",
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
                + "caeab1a34d4a6b4b636e070a38bce737"
        ),
    ])
    func codesAreThoseOfTheStandards(function: HashFunction, key: [UInt8], text: String, code: String) throws {
        #expect(Hex.encode(try KeyedHash(function, key: key).code(of: Array(text.utf8))) == code)
    }

    @Test(arguments: HashFunction.allCases) func emptyKeysAndTextsHaveACode(function: HashFunction) throws {
        let count = try function.hash([]).count
        let hash = try KeyedHash(function, key: [])
        #expect(try hash.code(of: []).count == count)
        #expect(try hash.code(of: [1]) != hash.code(of: []))
    }
}
