import Keys
import Testing

@Suite struct DigestTests {
    /// RFC 1321, A.5, and FIPS 180-4 (the example of SHA-512/256).
    @Test func theHashesOfChallengesAreMet() throws {
        #expect(Hex.encode(try Digest.md5([])) == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(Hex.encode(try Digest.md5(Array("message digest".utf8))) == "f96b697d7cb7938d525a2f31aaf161d0")
        #expect(
            Hex.encode(try Digest.sha512Half(Array("abc".utf8)))
                == "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")
    }
}
