import Keys
import Testing

@Suite struct KeyTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    @Test func aNewKeyIsOneThatOpenSSLAccepts() throws {
        let key = try PrivateKey.generate()
        try bench.write("k.pem", key.pem())
        let text = try bench.output("openssl pkey -in k.pem -check -noout -text")
        #expect(text.contains("Key is valid") && text.contains("prime256v1"))
        try bench.output("openssl pkey -in k.pem -pubout -out p.pem")
        #expect(try bench.text("p.pem") == key.publicKey.pem)
        #expect(try PrivateKey.generate().fingerprint != key.fingerprint)
    }

    @Test func theFingerprintIsTheOneThatCurlPins() throws {
        let key = try PrivateKey.generate()
        try bench.write("k.pem", key.pem())
        // As curl's manual says to make a pin.
        let pin = try bench.output(
            "openssl pkey -in k.pem -pubout -outform der | openssl dgst -sha256 -binary | openssl enc -base64")
        #expect(key.fingerprint.description == "sha256//\(pin)")
    }

    @Test func aKeyOfOpenSSLIsRead() throws {
        try bench.output("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem")
        let key = try PrivateKey(pem: bench.text("k.pem"))
        #expect(key.pem() == (try bench.text("k.pem")))
        #expect(try PrivateKey(pem: key.pem()).fingerprint == key.fingerprint)
        #expect(try PublicKey(der: key.publicKey.der) == key.publicKey)
    }

    @Test(arguments: [
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048", "genpkey -algorithm ED25519",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384", "ecparam -name prime256v1 -genkey -noout",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:x",
    ])
    func aKeyOfAnotherKindOrFormIsRefused(command: String) throws {
        try bench.output("openssl \(command) -out k.pem")
        let text = try bench.text("k.pem")
        #expect(throws: KeysError.self) { try PrivateKey(pem: text) }
    }

    @Test func aDamagedKeyFileNeverGivesAnotherKey() throws {
        let key = try PrivateKey.generate()
        let text = Array(key.pem().utf8)
        for index in text.indices.dropLast() {
            let cut = String(decoding: text.prefix(index), as: UTF8.self)
            #expect(throws: KeysError.self) { try PrivateKey(pem: cut) }
            var altered = text
            altered[index] = altered[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            do {
                // A few bits, such as a version, mean nothing to libcrypto.
                let read = try PrivateKey(pem: String(decoding: altered, as: UTF8.self))
                #expect(read.fingerprint == key.fingerprint, "character \(index)")
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }

    @Test func anErrorSaysWhatWasTriedAndWhy() {
        let error = #expect(throws: KeysError.self) { try PublicKey(der: [0x30, 0x00]) }
        #expect(error?.operation == "read public key")
        #expect(error?.reason.isEmpty == false)
        #expect(throws: KeysError("read private key", "no PEM block PRIVATE KEY")) { try PrivateKey(pem: "") }
    }
}

@Suite struct SigningRequestTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    @Test func openSSLVerifiesOurRequest() throws {
        let key = try PrivateKey.generate()
        let request = try SigningRequest(commonName: "máy-chủ-01", key: key)
        try bench.write("r.der", request.der)
        let text = try bench.output("openssl req -in r.der -inform der -verify -noout -subject -nameopt utf8")
        #expect(text.contains("verify OK") && text.contains("máy-chủ-01"))
        #expect(try SigningRequest(der: request.der) == request)
        #expect(request.publicKey == key.publicKey)
    }

    @Test func aRequestOfOpenSSLIsRead() throws {
        try bench.output(
            "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -subj '/CN=a/O=b' "
                + "-outform der -out r.der")
        let request = try SigningRequest(der: bench.read("r.der"))
        #expect(request.publicKey == (try PrivateKey(pem: bench.text("k.pem")).publicKey))
    }

    @Test func aRequestWithAnRSAKeyIsRefused() throws {
        try bench.output("openssl req -new -newkey rsa:2048 -nodes -keyout k.pem -subj /CN=a -outform der -out r.der")
        let der = try bench.read("r.der")
        #expect(throws: KeysError("use public key", "it is not on the curve P-256")) { try SigningRequest(der: der) }
    }

    @Test func everyAlteredByteAndEveryCutIsRefused() throws {
        let der = try SigningRequest(commonName: "agent", key: .generate()).der
        for index in der.indices {
            for mask: UInt8 in [0x80, 0xff] {
                var altered = der
                altered[index] ^= mask
                #expect(throws: KeysError.self, "byte \(index)") { try SigningRequest(der: altered) }
            }
            #expect(throws: KeysError.self) { try SigningRequest(der: Array(der.prefix(index))) }
        }
        #expect(throws: KeysError.self) { try SigningRequest(der: der + [0]) }
        #expect(throws: KeysError.self) { try SigningRequest(der: [UInt8](repeating: 0x30, count: 1 << 17)) }
    }

    @Test(arguments: ["", "a\nb", "a\u{0}b", String(repeating: "đ", count: 65)])
    func aNameThatCannotBeSeenIsRefused(name: String) throws {
        let key = try PrivateKey.generate()
        #expect(throws: KeysError.self) { try SigningRequest(commonName: name, key: key) }
    }
}
