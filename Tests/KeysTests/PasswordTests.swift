import Keys
import Testing

@Suite struct PasswordTests {
    private let light = Scrypt.Parameters(cost: 1024, blockSize: 8, parallelism: 1)

    @Test(arguments: [
        (
            "", "", 16 as UInt64, 1 as UInt64, 1 as UInt64,
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
        (
            "password", "NaCl", 1024, 8, 16,
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride", 16384, 8, 1,
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ])
    func scryptMatchesRFC7914(
        password: String, salt: String, cost: UInt64, block: UInt64, times: UInt64, expected: String
    ) throws {
        let derived = try Scrypt.derive(
            64, from: Array(password.utf8), salt: Array(salt.utf8),
            parameters: Scrypt.Parameters(cost: cost, blockSize: block, parallelism: times))
        #expect(Hex.encode(derived) == expected)
    }

    @Test func theStandardParametersMatchTheCommandLine() throws {
        let bench = try Workbench()
        let expected = try bench.output(
            "openssl kdf -binary -keylen 32 -kdfopt pass:mật-khẩu -kdfopt salt:0123456789abcdef -kdfopt n:32768 "
                + "-kdfopt r:8 -kdfopt p:1 -kdfopt maxmem_bytes:67108864 SCRYPT | od -An -v -tx1 | tr -d ' \\n'")
        let derived = try Scrypt.derive(
            32, from: Array("mật-khẩu".utf8), salt: Array("0123456789abcdef".utf8), parameters: .standard)
        #expect(Hex.encode(derived) == expected)
    }

    @Test func onlyTheRightPasswordMatches() throws {
        let hash = try PasswordHash(hashing: "đèn biển", parameters: light)
        let stored = try PasswordHash(hash.description)
        #expect(stored == hash)
        #expect(try stored.matches("đèn biển"))
        #expect(try !stored.matches("đèn biến") && !stored.matches(""))
        #expect(try PasswordHash(hashing: "đèn biển", parameters: light) != hash)
    }

    @Test func theStandardParametersAreStored() throws {
        let hash = try PasswordHash(hashing: "x")
        #expect(hash.description.hasPrefix("scrypt$32768$8$1$"))
        #expect(try hash.matches("x"))
    }

    @Test(arguments: [
        "", "scrypt", "bcrypt$1024$8$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$512$8$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$1025$8$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$1048576$32$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$262144$8$16$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$18446744073709551615$8$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$1024$18446744073709551615$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$1024$8$0$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$1024$8$-1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==",
        "scrypt$1024$8$1$AAAA$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt$1024$8$1$AAAAAAAAAAA=$AAAA",
        "scrypt$1024$8$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==$",
    ])
    func aStoredHashThatIsWorthlessOrRuinousIsRefused(text: String) {
        #expect(throws: KeysError.self) { try PasswordHash(text) }
    }
}
