import TLS
import TestSupport
import Testing
import Vocabulary

@Suite struct PeerCertificateTests {
    private func der() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let certificates = try Certificates(in: folder)
        try certificates.issue("portal", names: "DNS:portal.example,IP:192.0.2.7,IP:2001:db8::1", toDay: 30)
        return Array(
            try Command.run("openssl", "x509", "-in", folder.path("portal.pem"), "-outform", "der").output)
    }

    @Test func aCertificateIsReadFromItsBytes() throws {
        let certificate = try #require(PeerCertificate(der: try der()))
        #expect(certificate.subject.contains("CN = portal") && certificate.subject.contains("Sở Thông tin"))
        #expect(certificate.issuer.contains("Hải Đăng") && !certificate.isSelfIssued)
        #expect(certificate.names == ["portal.example", "192.0.2.7", "2001:db8::1"])
        let (start, end) = (try #require(certificate.notBefore), try #require(certificate.notAfter))
        #expect(end - start == .seconds(31 * 86_400))
        #expect(PeerCertificate(der: []) == nil && PeerCertificate(der: [0x30, 0x82]) == nil)
    }

    /// Whatever a server puts into its certificate: read or passed over, never a trap.
    @Test func mangledBytesAreHarmless() throws {
        let whole = try der()
        var (random, read) = (UInt64(1), 0)
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<3 {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(random >> 33) % bytes.count] = UInt8(truncatingIfNeeded: random >> 20)
            }
            if let certificate = PeerCertificate(der: bytes) {
                read += 1
                #expect(certificate.names.count < bytes.count)
            }
        }
        // Of those that are no certificate any more nothing could go wrong.
        #expect(read > 100)
    }
}
