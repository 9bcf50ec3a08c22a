package import Enrolment
package import Keys
package import Vocabulary

/// The collector's own authority: who it is, and the certificates it issues.
package struct Authority: Sendable {
    /// The root that agents trust.
    package let certificate: Certificate
    private let key: PrivateKey
    /// What the collector shows on its ports, signed by the root.
    package let serverCertificate: Certificate
    package let serverKey: PrivateKey
    /// 32 bytes that seal the secrets at rest.
    package let secretsKey: SecretBytes

    /// Of the root, from the first start on.
    package static let rootValidity = Duration.seconds(20 * 365 * 86_400)
    /// Of the collector's own certificate.
    package static let serverValidity = Duration.seconds(365 * 86_400)
    /// The collector's certificate is renewed when less than this is left.
    package static let serverMargin = Duration.seconds(30 * 86_400)

    /// Makes everything anew, for the first start.
    static func found(for names: ServerNames, at time: Instant) throws(KeysError) -> Authority {
        let key = try PrivateKey.generate()
        let root = try CertificateTemplate(
            .authority, commonName: "Hải Đăng \(Hex.encode(Random.bytes(4)))", from: time - AgentLease.clockTolerance,
            to: time + rootValidity
        ).issueSelfSigned(with: key)
        let serverKey = try PrivateKey.generate()
        let server = try serverCertificate(for: serverKey.publicKey, names: names, at: time, by: root, key: key)
        return Authority(
            certificate: root, key: key, serverCertificate: server, serverKey: serverKey,
            secretsKey: try SecretBytes.random(32))
    }

    init(
        certificate: Certificate, key: PrivateKey, serverCertificate: Certificate, serverKey: PrivateKey,
        secretsKey: SecretBytes
    ) {
        self.certificate = certificate
        self.key = key
        self.serverCertificate = serverCertificate
        self.serverKey = serverKey
        self.secretsKey = secretsKey
    }

    func keyPEM() -> String { key.pem() }

    /// Whether the collector's certificate should be made anew: its end is near, or it names other hosts.
    package func isServerRenewalDue(for names: ServerNames, at time: Instant) -> Bool {
        time >= serverCertificate.notAfter - Self.serverMargin || ServerNames(of: serverCertificate) != names
    }

    /// The same with a new certificate for the collector. Its key stays, because agents know the collector by it.
    func withServerRenewed(for names: ServerNames, at time: Instant) throws(KeysError) -> Authority {
        let renewed = try Self.serverCertificate(
            for: serverKey.publicKey, names: names, at: time, by: certificate, key: key)
        return Authority(
            certificate: certificate, key: key, serverCertificate: renewed, serverKey: serverKey,
            secretsKey: secretsKey)
    }

    /// Issues an agent's certificate for 90 days (never longer than the root lasts). Keep its serial number: a valid
    /// chain alone must open no door.
    package func issue(
        for publicKey: PublicKey, agent: AgentID, at time: Instant
    ) throws(KeysError) -> Certificate {
        try CertificateTemplate(
            .client, commonName: agent.text, from: time - AgentLease.clockTolerance,
            to: min(time + AgentLease.validity, certificate.notAfter),
            names: AlternativeNames(uris: [AgentIdentity.uri(of: agent)])
        ).issue(for: publicKey, by: certificate, key: key)
    }

    /// A new token for `https://HOST:PORT`, bound to the collector's key.
    package func token(address: String) throws(EnrolmentTokenError) -> EnrolmentToken {
        try EnrolmentToken(address: address, fingerprint: serverKey.fingerprint)
    }

    private static func serverCertificate(
        for publicKey: PublicKey, names: ServerNames, at time: Instant, by root: Certificate, key: PrivateKey
    ) throws(KeysError) -> Certificate {
        try CertificateTemplate(
            .server, commonName: "haidang-collector", from: time - AgentLease.clockTolerance,
            to: min(time + serverValidity, root.notAfter), names: names.alternativeNames
        ).issue(for: publicKey, by: root, key: key)
    }
}
