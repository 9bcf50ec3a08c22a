import Curl
import Foundation
import Testing
import Vocabulary

@Suite struct CertificateTests {
    /// What libcurl 7.88.1 with OpenSSL 3.0 said of a chain of two.
    private func recorded() throws -> [Certificate] {
        let url = try #require(Bundle.module.url(forResource: "chain", withExtension: "txt", subdirectory: "Fixtures"))
        let text = try String(contentsOf: url, encoding: .utf8)
        return text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map {
            Certificate(fields: $0.components(separatedBy: "\n"))
        }
    }

    @Test func aRecordedChainIsRead() throws {
        let chain = try recorded()
        #expect(chain.count == 2)
        let leaf = try #require(chain.first)
        #expect(leaf.subject == "CN = portal, O = Sở Thông tin")
        #expect(leaf.issuer == "O = Hải Đăng, CN = Test authority")
        #expect(leaf.names == ["DNS:localhost", "IP Address:127.0.0.1", "DNS:*.tinh.example"])
        #expect(leaf.notBefore == Instant(seconds: 1_795_330_800))
        #expect(leaf.notAfter == Instant(seconds: 1_803_193_200))
        #expect(leaf.serial == "1000")
        #expect(chain.last?.names == [])
    }

    @Test(
        arguments: [
            ("Jan  1 00:00:00 1970 GMT", 0), ("Nov 23 06:25:16 2026 GMT", 1_795_415_116),
            ("2026-11-23 06:25:16 GMT", 1_795_415_116), ("Feb 29 23:59:59 2000 GMT", 951_868_799),
            ("Dec 31 23:59:59 9999 GMT", 253_402_300_799), ("Mar  1 00:00:00 1950 GMT", -626_054_400),
        ] as [(String, Int64)])
    func datesAreRead(text: String, seconds: Int64) {
        #expect(Certificate(fields: ["Expire date:\(text)"]).notAfter == Instant(seconds: seconds))
    }

    @Test(arguments: [
        "", "GMT", "Nov 23 06:25:16 2026", "Nov 23 06:25:16 2026 ICT", "Nix 23 06:25:16 2026 GMT",
        "Nov 32 06:25:16 2026 GMT", "Nov 23 24:25:16 2026 GMT", "Nov 23 06:25 2026 GMT", "2026-11 06:25:16 GMT",
        "99999999999999999999-01-01 00:00:00 GMT", "-1-01-01 00:00:00 GMT", "Nov 23 ::: 2026 GMT",
    ])
    func whatIsNoDateIsNone(text: String) {
        #expect(Certificate(fields: ["Expire date:\(text)"]).notAfter == nil)
    }

    @Test(arguments: [
        (#"CN = S\E1\BB\9F"#, "CN = Sở"), (#"CN = a\, b"#, #"CN = a\, b"#), (#"CN = \E"#, #"CN = \E"#),
        (#"CN = "a \"b\"""#, #"CN = "a \"b\"""#), (#"CN = \+9\41"#, #"CN = \+9\41"#),
    ])
    func namesAreUnescaped(text: String, name: String) {
        #expect(Certificate(fields: ["Subject:\(text)"]).subject == name)
    }

    /// Whatever a server puts into its certificate: read or passed over, never a trap.
    @Test(arguments: 1...50 as ClosedRange<UInt64>) func mangledFieldsAreHarmless(seed: UInt64) throws {
        var random = seed &* 0x9e37_79b9_7f4a_7c15
        let url = try #require(Bundle.module.url(forResource: "chain", withExtension: "txt", subdirectory: "Fixtures"))
        var bytes = [UInt8](try Data(contentsOf: url))
        for _ in 0..<40 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes[Int(random >> 33) % bytes.count] = UInt8(truncatingIfNeeded: random >> 20)
        }
        let certificate = Certificate(fields: String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n"))
        #expect(certificate.names.count < bytes.count)
    }
}
