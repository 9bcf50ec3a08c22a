package import TLS
package import TLSSettings
package import Vocabulary

/// What a server showed in its handshake says of it: a pure function of that, the settings and the time.
package enum TLSVerdict {
    /// The first fault counts: what clients refuse before what will trouble them, the worst of each before the rest.
    package static func outcome(of peer: TLSPeer, for host: String, _ settings: TLSSettings, at now: Instant) -> Outcome
    {
        if settings.verifies, let reason = refusal(peer, for: host, at: now) { return .down(reason) }
        if let reason = missingName(peer, settings) { return .down(reason) }
        if let reason = ending(peer, settings, at: now) ?? weakness(peer, settings) { return .degraded(reason) }
        return .up
    }

    /// Why clients would not talk to it.
    private static func refusal(_ peer: TLSPeer, for host: String, at now: Instant) -> Reason? {
        for kind in order {
            guard let fault = peer.faults.first(where: { $0.kind == kind }) else { continue }
            return reason(fault, peer, for: host)
        }
        return nil
    }

    /// Beyond the first nothing is hidden: `--explain` lists all of them.
    private static let order: [ChainFault.Kind] = [
        .expired, .notYetValid, .wrongName, .revoked, .selfSigned, .untrustedAuthority, .issuerMissing, .other,
    ]

    private static func reason(_ fault: ChainFault, _ peer: TLSPeer, for host: String) -> Reason {
        let certificate = fault.depth >= 0 && fault.depth < peer.chain.count ? peer.chain[fault.depth] : nil
        // Whose certificate it is matters where it is not the server's own.
        let whose = fault.depth == 0 ? "" : "; \(certificate?.subject ?? "certificate \(fault.depth) of the chain")"
        switch fault.kind {
        case .expired:
            let end = certificate?.notAfter.map { "it ended \($0)" } ?? fault.words
            return Reason("certificate-expired", step: "tls", expected: "a valid certificate", got: end + whose)
        case .notYetValid:
            let start = certificate?.notBefore.map { "it begins \($0)" } ?? fault.words
            return Reason("certificate-untrusted", step: "tls", expected: "a valid certificate", got: start + whose)
        case .wrongName:
            let names = peer.chain.first?.names ?? []
            let got = names.isEmpty ? peer.chain.first?.subject ?? "" : names.joined(separator: ", ")
            return Reason(
                "certificate-name", step: "tls", expected: "a certificate for \(host)", got: String(got.prefix(300)))
        case .selfSigned:
            return untrusted("the certificate is self-signed")
        case .untrustedAuthority:
            return untrusted("the chain ends in a self-signed certificate that is not trusted", last: peer)
        case .issuerMissing:
            guard let last = peer.chain.last, !last.isSelfIssued else {
                return untrusted("the issuer is not known here", last: peer)
            }
            return Reason(
                "certificate-chain", step: "tls", expected: "a chain up to a known authority",
                got: "\(peer.chain.count) certificates, the last one issued by \(last.issuer)")
        case .revoked: return untrusted("the certificate is revoked")
        case .other: return untrusted(fault.words)
        }
    }

    private static func untrusted(_ words: String, last peer: TLSPeer? = nil) -> Reason {
        let issuer = peer?.chain.last.map { "; issued by \($0.issuer)" } ?? ""
        return Reason("certificate-untrusted", step: "tls", expected: "a known authority", got: words + issuer)
    }

    private static func missingName(_ peer: TLSPeer, _ settings: TLSSettings) -> Reason? {
        guard let certificate = peer.chain.first else { return nil }
        let missing = settings.names.filter { wanted in !certificate.names.contains { $0.covers(wanted) } }
        guard !missing.isEmpty else { return nil }
        return Reason(
            "certificate-name", step: "tls", expected: "a certificate for \(missing.joined(separator: ", "))",
            got: String(certificate.names.joined(separator: ", ").prefix(300)))
    }

    /// The certificate of the chain that ends first; a root that ends is of no account, its trust is local.
    package static func firstToEnd(_ peer: TLSPeer) -> (certificate: PeerCertificate, end: Instant)? {
        let ending = peer.chain.enumerated().compactMap { index, certificate -> (PeerCertificate, Instant)? in
            guard index == 0 || !certificate.isSelfIssued, let end = certificate.notAfter else { return nil }
            return (certificate, end)
        }
        return ending.min { $0.1 < $1.1 }.map { (certificate: $0.0, end: $0.1) }
    }

    private static func ending(_ peer: TLSPeer, _ settings: TLSSettings, at now: Instant) -> Reason? {
        guard settings.days > 0, let first = firstToEnd(peer) else { return nil }
        let left = first.end - now
        let whose = first.certificate == peer.chain.first ? "" : "; \(first.certificate.subject)"
        // Only without `verify`: with it, this is a refusal.
        if left <= .zero {
            return Reason("certificate-expired", step: "tls", expected: "a date to come", got: "\(first.end)\(whose)")
        }
        guard left < .seconds(86_400) * settings.days else { return nil }
        return Reason(
            "certificate-expiring", step: "tls", expected: "at least \(settings.days) days left",
            got: "\(left.components.seconds / 86_400) days, until \(first.end)\(whose)")
    }

    private static func weakness(_ peer: TLSPeer, _ settings: TLSSettings) -> Reason? {
        if let version = TLSVersion(name: peer.version), version < settings.version {
            return Reason(
                "tls-version", step: "tls", expected: "TLS \(settings.version.rawValue) or newer",
                got: "TLS \(version.rawValue)")
        }
        if let certificate = peer.chain.first, settings.keyBits > 0, let least = leastBits(certificate, settings),
            certificate.keyBits < least
        {
            return Reason(
                "certificate-weak", step: "tls", expected: "a key of at least \(least) bits",
                got: "\(certificate.keyKind) \(certificate.keyBits)")
        }
        // A root's own signature is never checked.
        if let weak = peer.chain.first(where: { !$0.isSelfIssued && isBroken($0.signature) }) {
            return Reason(
                "certificate-weak", step: "tls", expected: "a signature by SHA-2",
                got: "\(weak.signature); \(weak.subject)")
        }
        if peer.cipherBits > 0, peer.cipherBits < 128 || isBroken(cipher: peer.cipher) {
            return Reason("tls-cipher", step: "tls", expected: "a cipher of 128 bits", got: peer.cipher)
        }
        return nil
    }

    /// RSA as set; on a curve what is as strong (NIST SP 800-57, table 2: 2048 bits of RSA are 224).
    private static func leastBits(_ certificate: PeerCertificate, _ settings: TLSSettings) -> Int? {
        switch certificate.keyKind {
        case "RSA", "RSA-PSS", "DSA": settings.keyBits
        case "EC": settings.keyBits <= 2048 ? 224 : settings.keyBits <= 3072 ? 256 : 384
        default: nil
        }
    }

    private static func isBroken(_ signature: String) -> Bool {
        let name = signature.lowercased()
        return ["md5", "md4", "md2", "sha1"].contains { name.contains($0) }
    }

    private static func isBroken(cipher: String) -> Bool {
        ["RC4", "3DES", "DES-CBC3", "NULL", "EXP"].contains { cipher.contains($0) }
    }

    package static func readings(_ peer: TLSPeer, at now: Instant) -> [Reading] {
        var readings: [Reading] = []
        if let first = firstToEnd(peer) {
            readings.append(Reading(Metric("tls_certificate_expiry_seconds"), (first.end - now).inSeconds))
        }
        if let certificate = peer.chain.first, certificate.keyBits > 0 {
            readings.append(Reading(Metric("tls_key_bits"), Double(certificate.keyBits)))
        }
        return readings
    }

    package static func facts(_ peer: TLSPeer) -> [Fact] {
        var facts: [Fact] = []
        func add(_ group: String, _ name: String, value: String) {
            if !value.isEmpty { facts.append(Fact(group, name, value: value)) }
        }
        add("tls", "version", value: peer.version)
        add("tls", "cipher", value: peer.cipher)
        guard let certificate = peer.chain.first else { return facts }
        add("certificate", "subject", value: certificate.subject)
        add("certificate", "issuer", value: certificate.issuer)
        add("certificate", "serial", value: certificate.serial)
        add("certificate", "not-before", value: certificate.notBefore?.description ?? "")
        add("certificate", "not-after", value: certificate.notAfter?.description ?? "")
        add("certificate", "names", value: certificate.names.joined(separator: ", "))
        add(
            "certificate", "key",
            value: certificate.keyKind.isEmpty ? "" : "\(certificate.keyKind) \(certificate.keyBits)")
        add("certificate", "signature", value: certificate.signature)
        add("certificate", "sha256", value: certificate.fingerprint)
        return facts
    }
}

extension String {
    /// Whether a certificate's name is for a host (RFC 6125, section 6.4.3): a star stands for one label.
    fileprivate func covers(_ host: String) -> Bool {
        let (name, host) = (lowercased(), host.lowercased())
        guard name != host else { return true }
        guard name.hasPrefix("*."), let dot = host.firstIndex(of: ".") else { return false }
        return host[dot...] == name.dropFirst()
    }
}
