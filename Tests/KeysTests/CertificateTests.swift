import Keys
import Testing
import Vocabulary

@Suite struct CertificateTests {
    private let bench: Workbench
    private let authorityKey: PrivateKey
    private let authority: Certificate
    /// 2023-11-14T22:13:20Z.
    private static let begin = Instant(seconds: 1_700_000_000)
    private static let end = begin + .seconds(90 * 86_400)

    init() throws {
        bench = try Workbench()
        authorityKey = try PrivateKey.generate()
        authority = try CertificateTemplate(
            .authority, commonName: "Hải Đăng", from: Self.begin, to: Self.begin + .seconds(3650 * 86_400)
        ).issueSelfSigned(with: authorityKey)
        try bench.write("ca.pem", authority.pem)
    }

    private func issue(
        _ purpose: CertificateTemplate.Purpose, names: AlternativeNames = AlternativeNames()
    ) throws -> Certificate {
        let template = CertificateTemplate(purpose, commonName: "leaf", from: Self.begin, to: Self.end, names: names)
        return try template.issue(for: PrivateKey.generate().publicKey, by: authority, key: authorityKey)
    }

    private func verify(_ options: String, _ file: String = "leaf.pem") throws -> (succeeded: Bool, output: String) {
        try bench.run("openssl verify -x509_strict -attime 1700000100 -CAfile ca.pem \(options) \(file)")
    }

    @Test func openSSLVerifiesTheChainForItsPurposeOnly() throws {
        let names = AlternativeNames(dnsNames: ["collector.example", "*.lab"], addresses: ["127.0.0.1", "::1"])
        try bench.write("leaf.pem", try issue(.server, names: names).pem)
        let hosts = "-purpose sslserver -verify_hostname collector.example"
        let verdict = try verify(hosts)
        #expect(verdict.succeeded, "\(verdict.output)")
        #expect(try verify("-purpose sslserver -verify_ip ::1").succeeded)
        #expect(try !verify("-purpose sslserver -verify_hostname other.example").succeeded)
        #expect(try !verify("-purpose sslclient").succeeded)
        try bench.write("leaf.pem", try issue(.client, names: AlternativeNames(uris: ["haidang:agent:1"])).pem)
        #expect(try verify("-purpose sslclient").succeeded)
        #expect(try !verify("-purpose sslserver").succeeded)
    }

    @Test func anAuthorityBelowOursIsRefusedByOpenSSL() throws {
        let middleKey = try PrivateKey.generate()
        let middle = try CertificateTemplate(.authority, commonName: "middle", from: Self.begin, to: Self.end)
            .issue(for: middleKey.publicKey, by: authority, key: authorityKey)
        let leaf = try CertificateTemplate(.client, commonName: "leaf", from: Self.begin, to: Self.end)
            .issue(for: PrivateKey.generate().publicKey, by: middle, key: middleKey)
        try bench.write("middle.pem", middle.pem)
        try bench.write("leaf.pem", leaf.pem)
        let verdict = try verify("-untrusted middle.pem")
        #expect(!verdict.succeeded && verdict.output.contains("path length constraint exceeded"))
    }

    @Test func whatWeReadIsWhatOpenSSLReads() throws {
        let names = AlternativeNames(
            uris: ["haidang:agent:00ff"], dnsNames: ["a.example"], addresses: ["10.0.0.1", "2001:db8::1"])
        let leaf = try issue(.server, names: names)
        try bench.write("leaf.pem", leaf.pem)
        let text = try bench.output("openssl x509 -in leaf.pem -noout -text -serial -fingerprint -sha256")
        #expect(text.contains("serial=\(leaf.serial.uppercased())"))
        #expect(text.replacing(":", with: "").contains(Hex.encode(leaf.sha256).uppercased()))
        #expect(text.contains("Not Before: Nov 14 22:13:20 2023 GMT"))
        #expect(
            text.contains("URI:haidang:agent:00ff, DNS:a.example, IP Address:10.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1")
        )
        #expect(text.contains("Authority Key Identifier") && text.contains("Subject Key Identifier"))
        #expect(leaf.names == names && leaf.commonName == "leaf" && !leaf.isAuthority)
        #expect(leaf.notBefore == Self.begin && leaf.notAfter == Self.end)
        #expect(leaf.isValid(at: Self.end) && !leaf.isValid(at: Self.end + .seconds(1)))
        #expect(!leaf.isValid(at: Self.begin - .microseconds(1)))
        #expect(try Certificate(pem: leaf.pem) == leaf)
    }

    @Test func aCertificateOfOpenSSLIsRead() throws {
        try bench.output(
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -subj '/O=x/CN=Tỉnh' -utf8 -set_serial 0x0a01 "
                + "-days 2 -addext 'subjectAltName=DNS:b.example,email:a@b.example,IP:::2' -out c.pem")
        let certificate = try Certificate(pem: bench.text("c.pem"))
        #expect(certificate.serial == "0a01" && certificate.commonName == "Tỉnh" && certificate.isAuthority)
        #expect(certificate.names == AlternativeNames(dnsNames: ["b.example"], addresses: ["::2"]))
        #expect(certificate.notAfter - certificate.notBefore == .seconds(2 * 86_400))
        let pin = try bench.output(
            "openssl pkey -in k.pem -pubout -outform der | openssl dgst -sha256 -binary | openssl enc -base64")
        #expect(certificate.fingerprint.description == "sha256//\(pin)")
        #expect(try certificate.isSigned(by: certificate))
    }

    @Test func aZeroByteInANameIsRefused() throws {
        // dNSName "a", zero byte, "bc": a reader of C strings would see "a".
        try bench.output(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -subj /CN=a "
                + "-addext 2.5.29.17=DER:30:06:82:04:61:00:62:63 -out c.pem")
        let text = try bench.text("c.pem")
        #expect(throws: KeysError.self) { try Certificate(pem: text) }
    }

    @Test func onlyTheIssuerIsTheIssuer() throws {
        let leaf = try issue(.client)
        let otherKey = try PrivateKey.generate()
        let twin = try CertificateTemplate(
            .authority, commonName: "Hải Đăng", from: Self.begin, to: Self.end
        ).issueSelfSigned(with: otherKey)
        #expect(try leaf.isSigned(by: authority) && authority.isSigned(by: authority))
        #expect(try !leaf.isSigned(by: twin) && !leaf.isSigned(by: leaf) && !authority.isSigned(by: leaf))
    }

    @Test func everyAlteredByteAndEveryCutIsRefused() throws {
        let leaf = try issue(.client, names: AlternativeNames(uris: ["haidang:agent:0123456789abcdef"]))
        for index in leaf.der.indices {
            for mask: UInt8 in [0x80, 0xff] {
                var altered = leaf.der
                altered[index] ^= mask
                // Most do not even read as a certificate; the others are not signed.
                let isGenuine: Bool
                do {
                    isGenuine = try Certificate(der: altered).isSigned(by: authority)
                } catch {
                    isGenuine = false
                }
                #expect(!isGenuine, "byte \(index)")
            }
            #expect(throws: KeysError.self) { try Certificate(der: Array(leaf.der.prefix(index))) }
        }
        #expect(throws: KeysError.self) { try Certificate(der: leaf.der + [0]) }
    }

    @Test func aTextMustHoldExactlyOneCertificate() throws {
        let pem = authority.pem
        #expect(try Certificate(pem: "issued by hand\r\n" + pem.replacing("\n", with: "\r\n") + "\n") == authority)
        #expect(throws: KeysError.self) { try Certificate(pem: pem + pem) }
        #expect(throws: KeysError.self) { try Certificate(pem: "") }
        #expect(throws: KeysError.self) { try Certificate(pem: String(pem.dropLast(30))) }
    }

    @Test func aTemplateThatMakesNoSenseIsRefused() throws {
        let key = try PrivateKey.generate()
        func make(_ template: CertificateTemplate) throws -> Certificate {
            try template.issue(for: key.publicKey, by: authority, key: authorityKey)
        }
        var template = CertificateTemplate(.server, commonName: "a", from: Self.end, to: Self.begin)
        #expect(throws: KeysError.self) { try make(template) }
        template.notBefore = Self.begin
        template.notAfter = Instant(microseconds: .max)
        #expect(throws: KeysError.self) { try make(template) }
        template.notAfter = Self.end
        for names in [
            AlternativeNames(uris: ["no uri"]), AlternativeNames(dnsNames: ["a,IP:1.2.3.4"]),
            AlternativeNames(dnsNames: ["a..b"]), AlternativeNames(dnsNames: ["xã.vn"]),
            AlternativeNames(dnsNames: ["a\u{0}b"]), AlternativeNames(addresses: ["10.0.0.256"]),
        ] {
            template.names = names
            #expect(throws: KeysError.self, "\(names)") { try make(template) }
        }
        template.names = AlternativeNames()
        #expect(throws: KeysError.self) { try template.issue(for: key.publicKey, by: authority, key: key) }
        let leaf = try make(template)
        #expect(throws: KeysError.self) { try template.issue(for: key.publicKey, by: leaf, key: key) }
    }

    @Test func serialNumbersDoNotRepeat() throws {
        let serials = try Set((0..<20).map { _ in try issue(.client).serial })
        #expect(serials.count == 20 && serials.allSatisfy { (28...32).contains($0.utf8.count) })
    }
}
