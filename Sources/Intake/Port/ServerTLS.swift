package import Authority
import Keys
package import NIOSSL

extension Authority {
    /// TLS for a server of the collector.
    ///
    /// With `knowsAgents` a client may show a certificate, and if it does, it must be one of ours and valid now;
    /// without one it may still enrol. BoringSSL verifies chain and validity in the handshake.
    package func tlsConfiguration(knowsAgents: Bool) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [
                .certificate(try NIOSSLCertificate(bytes: Array(serverCertificate.pem.utf8), format: .pem))
            ],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(serverKey.pem().utf8), format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        if knowsAgents {
            tls.trustRoots = .certificates([try NIOSSLCertificate(bytes: Array(certificate.pem.utf8), format: .pem)])
            tls.certificateVerification = .optionalVerification
        }
        return tls
    }
}
